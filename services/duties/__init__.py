"""The units' side of plans: what is due, accepting it, asking for time, reporting with evidence."""
