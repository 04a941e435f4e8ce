"""The web pages, the webhook and the health checks."""
