"""Sittings of the Academic Council in the chat."""
