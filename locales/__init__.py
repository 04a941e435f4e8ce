"""The catalogues of the three languages, and the command that brings them up to date (`make catalogues`)."""
