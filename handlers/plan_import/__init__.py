"""A plan's file in the chat: brought, reviewed, taken over."""
