"""The root of everything a service refuses."""


class Refusal(Exception):  # noqa: N818 -- a refusal states a fact, it is not an accident
    """A use case was refused and nothing was written.

    Subclasses state the fact in their name; the docstring is the log line, the fields are the data for the sentence
    that the person reads (see `bot.refusals`). A refusal never carries text for the user.
    """
