"""A plan's file taken over: understood, reviewed by a person, compared with what is stored."""
