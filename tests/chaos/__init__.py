"""`make chaos`: everything goes wrong for two minutes while the university writes to its people."""
