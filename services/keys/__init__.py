"""The keys that sign certificates: which there are, which follows which, which has leaked."""
