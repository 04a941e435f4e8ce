"""Handing people what is kept about them."""
