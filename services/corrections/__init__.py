"""Facts that officials know better than the source of the roster."""
