"""Channels and groups: registering them, and looking after them."""
