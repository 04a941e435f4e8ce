"""The Study Office: finding a person, and everything that is known of them on one card."""
