"""Correcting and recalling what is out."""
