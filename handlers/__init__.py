"""The conversation: one folder a feature, the same file names everywhere."""
