"""What people set for themselves: language, quiet hours, their link."""
