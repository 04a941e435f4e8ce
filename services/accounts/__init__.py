"""Telegram accounts: who writes, in which language, with which rights."""
