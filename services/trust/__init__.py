"""Trust and help: where one can call, and personal talks."""
