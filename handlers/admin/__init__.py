"""/admin: the roles of whoever asks, and the desks that they open."""
