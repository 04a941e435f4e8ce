"""The evening's digest: which notices go into one message."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.delivery.dto import DueNotice, OutgoingMessage
from services.html import LONGEST_MESSAGE, MOST_TAGS, visible_length

_BETWEEN = "\n\n➖➖➖\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A notice with its words."""

    notice: DueNotice
    message: OutgoingMessage

    @property
    def stands_alone(self) -> bool:
        """Whether it cannot be one of several: it brings a file or buttons, or changes an earlier message."""
        message = self.message
        return message.file_id is not None or bool(message.buttons) or message.changes_another


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one message can carry, and the notices that are left for another one."""

    text: str
    left: tuple[Worded, ...]


def pack(head: str, worded: Sequence[Worded]) -> Digest:
    """Put as many notices as fit into one message, at least the first; each stands whole in one message.

    So no tag is ever cut. `head`, the first line, is left out where it alone would make the first notice too long.
    """
    parts = [head] if _fits([head, worded[0].message.text]) else []
    parts.append(worded[0].message.text)
    for index, one in enumerate(worded[1:], start=1):
        if not _fits([*parts, one.message.text]):
            return Digest(text=_BETWEEN.join(parts), left=tuple(worded[index:]))
        parts.append(one.message.text)
    return Digest(text=_BETWEEN.join(parts), left=())


def _fits(parts: Sequence[str]) -> bool:
    text = _BETWEEN.join(parts)
    return visible_length(text) <= LONGEST_MESSAGE and text.count("</") <= MOST_TAGS
