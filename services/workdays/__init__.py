"""Working days of the country, and how they are counted."""
