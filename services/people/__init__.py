"""The roster: students and staff as the university has them."""
