"""Choosing the language of the bot."""
