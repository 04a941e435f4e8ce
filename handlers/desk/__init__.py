"""The desk in chat: requests for certificates are taken, filled, approved, refused, handed over."""
