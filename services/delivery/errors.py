"""What can go wrong with a message before it is sent."""


class CannotBeTold(Exception):  # noqa: N818 -- states a fact
    """A notice's words cannot be put together; the log has the trace."""
