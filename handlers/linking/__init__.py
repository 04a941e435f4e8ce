"""Linking an account: consent, a one-time code, one's own contact, or asking the Study Office."""
