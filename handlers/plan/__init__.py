"""/plan: what plans ask of somebody's units, and what units say about it."""
