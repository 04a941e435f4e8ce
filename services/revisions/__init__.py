"""What is done to announcements that are out: corrected everywhere, or taken back; and their texts for other places."""
