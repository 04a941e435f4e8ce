"""What is out is corrected everywhere, or taken back; and taken along for other places."""
