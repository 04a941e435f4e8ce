"""Choosing who gets an announcement."""
