"""Choosing who gets an announcement, by taps or by an expression."""
