"""Asking the Study Office to be recognised, without a code."""
