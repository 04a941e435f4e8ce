"""The coordinator's desk of plans."""
