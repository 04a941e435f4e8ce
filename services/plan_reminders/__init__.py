"""Who is reminded of what in the plans, when, and whom nobody would reach."""
