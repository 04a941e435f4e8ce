"""Attacks on the surveys: whoever holds everything that is kept must not find out who said what."""
