"""Announcements for their readers: the last ones, the word that one was read, and figures for those who announce."""
