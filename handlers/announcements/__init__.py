"""Announcements: their words as readers get them, and the question to an author whose announcement is late."""
