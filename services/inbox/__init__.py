"""The inbox: every update of Telegram is stored before it is acknowledged and takes effect once."""
