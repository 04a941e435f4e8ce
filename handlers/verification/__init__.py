"""Checking a certificate, by its code or by the file."""
