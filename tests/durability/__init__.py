"""Processes are killed here, and nothing may be lost or doubled by it."""
