"""A sentence without markup, for where Telegram shows none."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]+>")


def plain_text(sentence: str) -> str:
    """Return an HTML sentence of ours as plain text."""
    return unescape(_TAG.sub("", sentence))
