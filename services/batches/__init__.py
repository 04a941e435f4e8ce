"""One kind of certificate for a whole group, or for everybody on a list."""
