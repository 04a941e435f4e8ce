"""What the university does: rules, use cases and storage, without a word for the user."""
