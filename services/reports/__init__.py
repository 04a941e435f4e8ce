"""Facts on certificates that their holders say are wrong."""
