"""/trust: where one can call, personal talks, and the desk of those who hold them."""
