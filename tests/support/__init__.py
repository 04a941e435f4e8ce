"""What tests share: a database, a clock, people with names, a local Telegram with the bot on it."""
