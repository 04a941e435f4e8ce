"""Papers that end: what people and offices see of them."""
