"""Who is meant: audiences as an expression, and lists of people to name in one."""
