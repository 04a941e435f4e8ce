"""Ordering a certificate: kind, language, confirmation."""
