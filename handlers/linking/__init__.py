"""Linking an account with a one-time code."""
