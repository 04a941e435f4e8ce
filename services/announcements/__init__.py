"""What the university announces: words, an audience, a time."""
