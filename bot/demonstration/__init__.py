"""An invented university to try Kabarchy on: people, studies, and those one can be on the chat page."""
