"""The readers' side: what was announced, what one wants to be told."""
