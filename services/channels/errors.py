"""Why a channel or a group is not what somebody takes it for."""

from collections.abc import Sequence

from services.errors import Refusal


class NoSuchChannel(Refusal):
    """There is none, or none that this actor may choose."""

    def __init__(self, channel_id: int) -> None:
        super().__init__(str(channel_id))
        self.channel_id = channel_id


class ChannelLost(Refusal):
    """The bot may not write there any more."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.title = title


class ChannelsClosed(Refusal):
    """Nothing goes out: the bot may not write in these any more, or they are not registered; `titles`: which."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = tuple(titles)


class ChannelTextTooLong(Refusal):
    """All texts together do not fit into one message of a channel: `length` of at most `limit`, in UTF-16 units."""

    def __init__(self, title: str, length: int, limit: int) -> None:
        super().__init__(f"{title}: {length} > {limit}")
        self.title = title
        self.length = length
        self.limit = limit
