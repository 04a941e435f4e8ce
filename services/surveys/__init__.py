"""Surveys: who is asked, until when, and how replies are kept so that nothing ties them to anybody."""
