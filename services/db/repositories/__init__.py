"""Repositories: they never commit, and they return DTOs, never rows."""
