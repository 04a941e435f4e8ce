"""Messages that are not the immediate answer to a tap: the outbox and its sender."""
