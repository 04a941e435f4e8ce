"""Something is wrong on a certificate: its holder says so, and the desk decides."""
