"""The university's plans: their items, and when each is due."""
