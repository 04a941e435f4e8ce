"""Certificates for a whole group or a list, at a desk."""
