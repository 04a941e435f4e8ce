"""What `kabarchy doctor` looks at, one file an area."""
