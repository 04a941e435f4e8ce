"""Papers: their words, their look, their signature, their check."""
