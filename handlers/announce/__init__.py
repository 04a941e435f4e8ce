"""The editors' desk: writing announcements."""
