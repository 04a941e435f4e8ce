"""Use cases, SQL, constraints and locks on a real PostgreSQL."""
