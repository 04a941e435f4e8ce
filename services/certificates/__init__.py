"""Certificates: asked for, issued once, rendered, delivered, verified."""
