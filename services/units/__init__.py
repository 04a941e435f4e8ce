"""Units and posts of the university."""
