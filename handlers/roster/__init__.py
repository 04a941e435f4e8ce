"""The administrators' desk for the roster: a file is looked at, confirmed, and can be taken back."""
