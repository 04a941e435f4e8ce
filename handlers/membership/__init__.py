"""People who stop the bot, and come back."""
