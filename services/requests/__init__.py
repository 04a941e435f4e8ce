"""Requests for certificates that a desk decides about: asked, paid, queued, filled, approved or refused."""
