"""Answering in the chat: one message holds an unfinished survey, one transaction ends it."""
