"""Linking a Telegram account to a person of the roster."""
