"""Link buttons as they are typed: a line for each, its label and its address."""

from html import escape
from typing import Final

from services.announcements.dto import LinkButton
from services.announcements.errors import LinkUnreadable
from services.html import find_fault, utf16_length
from services.languages import Language

#: What fits on a button, in UTF-16 units.
LONGEST_LABEL: Final = 64
#: What Telegram takes as an address.
LONGEST_ADDRESS: Final = 2_048

_SCHEMES = ("https://", "http://", "tg://")
_BETWEEN = " -–—:|"
_NEVER = frozenset('<>"')  # in an address these are written with a percent sign


def read_links(text: str) -> tuple[LinkButton, ...]:
    """Read "Label — https://…" from every line; three labels stand as "ky | ru | en".

    Raises:
        LinkUnreadable: at the first line that is something else.
    """
    return tuple(_read(line) for line in map(str.strip, text.splitlines()) if line)


def _read(line: str) -> LinkButton:
    words, _space, address = " ".join(line.split()).rpartition(" ")
    labels = [label.strip() for label in words.rstrip(_BETWEEN).split("|")]
    if len(labels) not in {1, len(Language)} or not all(map(_fits, labels)) or not _leads_somewhere(address):
        raise LinkUnreadable(line, LONGEST_LABEL)
    languages = list(Language)[: len(labels)]
    return LinkButton(labels=dict(zip(languages, labels, strict=True)), address=address)


def _leads_somewhere(address: str) -> bool:
    if not address.lower().startswith(_SCHEMES) or len(address) > LONGEST_ADDRESS or _NEVER.intersection(address):
        return False
    return find_fault(f'<a href="{escape(address)}">.</a>') is None


def _fits(label: str) -> bool:
    return utf16_length(label) <= LONGEST_LABEL and find_fault(escape(label)) is None
