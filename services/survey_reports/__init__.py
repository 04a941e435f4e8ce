"""What a survey found: how answers are scored, what of it may be shown, and which words are taken out of free texts."""
