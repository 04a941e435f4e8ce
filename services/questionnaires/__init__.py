"""Questionnaires: what is asked, in three languages, and how answers are written down."""
