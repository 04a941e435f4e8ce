"""Channels and groups in Telegram to which announcements go: registered, chosen, lost."""
