"""Pages: a real server, a real browser."""
