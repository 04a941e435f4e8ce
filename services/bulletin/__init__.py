"""What readers do with announcements: look at the last ones, confirm that they were read; and the figures of it."""
