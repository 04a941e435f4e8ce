"""Time stamps of an authority outside: since when the bytes of a certificate have existed."""
