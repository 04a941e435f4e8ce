"""PostgreSQL: the only SQL of the project."""
