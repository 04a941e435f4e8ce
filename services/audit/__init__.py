"""What officials did, and about whom."""
