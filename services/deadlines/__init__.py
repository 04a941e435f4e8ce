"""Deadlines as plans print them, read into days; nothing here knows a database."""
