"""Reminders of plans: digests, the leadership's week, whom nobody hears, the year in a dry run."""
