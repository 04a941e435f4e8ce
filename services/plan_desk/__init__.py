"""The coordinator's side of plans: what units say is decided, and plans are changed during the year."""
