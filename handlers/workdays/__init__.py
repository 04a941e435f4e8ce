"""The desk where administrators note how days are worked."""
