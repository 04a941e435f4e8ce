"""The local Telegram, spoken to by a real client."""
