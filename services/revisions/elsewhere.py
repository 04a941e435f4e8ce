"""An announcement's text for other places: with WhatsApp's marks, and as plain HTML for a site."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser

from services.announcements.dto import Announcement
from services.languages import Language

_QUOTE = "blockquote"
_MARKS = {"b": "*", "i": "_", "s": "~", "code": "```"}
_ON_SITES = ("b", "i")
#: Tags that say the same.
_ALIKE = {
    "strong": "b", "em": "i", "strike": "s", "del": "s", "pre": "code", "b": "b", "i": "i", "s": "s", "code": "code",
    _QUOTE: _QUOTE,
}  # fmt: skip
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
# What WhatsApp would take for a mark although it is none: a sign that cannot be seen keeps the two apart.
_NO_MARK = re.compile(r"(?<!\w)([*_~])(?=\S[^\n]*?\1(?!\w))|(?<!\w)`(?=``)")
_BETWEEN = "\u2060"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Letters that look alike: within one line, with the tags around them from the outermost on."""

    text: str
    tags: tuple[str, ...] = ()
    address: str = ""


def for_whatsapp(announcement: Announcement, language: Language) -> str:
    """Return the text in a language as it is pasted into WhatsApp; links are written out."""
    lines = [_marked(line) for line in _lines(announcement.texts[language])]
    links = [f"{link.label(language)}: {link.address}" for link in announcement.content.links]
    return "\n".join([*lines, *(["", *links] if links else [])])


def for_site(announcement: Announcement, language: Language) -> str:
    """Return the text in a language as HTML of paragraphs, line breaks, bold, italics and links."""
    paragraphs: list[list[str]] = [[]]
    for line in _lines(announcement.texts[language]):
        if any(run.text.strip() for run in line):
            paragraphs[-1].append(_tagged(line))
        elif paragraphs[-1]:
            paragraphs.append([])
    whole = ["<p>" + "<br>\n".join(lines) + "</p>" for lines in paragraphs if lines]
    links = [f"<p>{_link(link.address, _escape(link.label(language)))}</p>" for link in announcement.content.links]
    return "\n".join([*whole, *links])


class _Reader(HTMLParser):
    """Takes a text apart that Telegram would show as it is meant."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.runs: list[_Run] = []
        self._open: list[str] = []
        self._address = ""
        self._after_quote = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what begins."""
        if tag == "a":
            self._address = _absolute(dict(attrs).get("href") or "")
        if tag == _QUOTE and self.runs and not self.runs[-1].text.endswith("\n"):
            self.runs.append(_Run(text="\n"))
        self._open.append(_ALIKE.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        """Note what ends."""
        if tag == "a":
            self._address = ""
        self._after_quote = self._after_quote or tag == _QUOTE
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Keep the letters."""
        if self._after_quote and not data.startswith("\n"):
            data = f"\n{data}"  # a quotation stands by itself
        self._after_quote = False
        tags = tuple(dict.fromkeys(tag for tag in self._open if tag))
        self.runs.append(_Run(text=data.replace("\r\n", "\n"), tags=tags, address=self._address))


def _lines(text: str) -> Iterator[list[_Run]]:
    line: list[_Run] = []
    for run in _Reader(text).runs:
        first, *rest = run.text.split("\n")
        line.append(replace(run, text=first))
        for piece in rest:
            yield [one for one in line if one.text]
            line = [replace(run, text=piece)]
    yield [one for one in line if one.text]


def _marked(line: Sequence[_Run]) -> str:
    """Put WhatsApp's marks around what they mean: close to the letters, and never in the middle of a word."""
    runs = [_plain(run) for run in _hugged(_written_out(line))]
    text, around = "", list[tuple[str, str]]()
    for place, run in enumerate(runs):
        kept = _shared([tag for tag, _mark in around], run.tags)
        while len(around) > kept:
            text += around.pop()[1]
        for tag in run.tags[kept:]:
            end = next((later.text[0] for later in runs[place:] if tag not in later.tags), "")
            glued = (text[-1:].isalnum() and not around) or end.isalnum()
            mark = "" if glued else _MARKS.get(tag, "")
            around.append((tag, mark))
            text += mark
        text += run.text
    text += "".join(mark for _tag, mark in reversed(around))
    return f"> {text}" if any(_QUOTE in run.tags for run in line) else text


def _plain(run: _Run) -> _Run:
    """Return a run whose own letters are no marks; in code nothing is one."""
    if "code" in run.tags:
        return replace(run, tags=tuple(tag for tag in run.tags if tag in {"code", _QUOTE}))
    if run.address:
        return run
    return replace(run, text=_NO_MARK.sub(lambda found: f"{found[0]}{_BETWEEN}", run.text))


def _written_out(line: Sequence[_Run]) -> Iterator[_Run]:
    """Let every address stand behind its label; a label that is the address is enough."""
    label = ""
    for place, run in enumerate(line):
        if not run.address:
            yield run
            continue
        label += run.text
        yield run
        if place + 1 == len(line) or line[place + 1].address != run.address:
            if not _names(label, run.address):
                tags = (_QUOTE,) if _QUOTE in run.tags else ()
                yield _Run(text=f": {run.address}", tags=tags, address=run.address)
            label = ""


def _hugged(line: Iterator[_Run]) -> Iterator[_Run]:
    """Let spaces at the edge of what is marked stand outside of it."""
    runs = list(line)
    for place, run in enumerate(runs):
        before = runs[place - 1].tags if place else ()
        after = runs[place + 1].tags if place + 1 < len(runs) else ()
        letters = run.text.strip()
        if not letters:
            outside = run.tags[: min(_shared(before, run.tags), _shared(run.tags, after))]
            yield replace(run, tags=outside)
            continue
        begun = run.text[: len(run.text) - len(run.text.lstrip())]
        ended = run.text[len(run.text.rstrip()) :]
        if begun:
            yield replace(run, text=begun, tags=run.tags[: _shared(before, run.tags)])
        yield replace(run, text=letters)
        if ended:
            yield replace(run, text=ended, tags=run.tags[: _shared(run.tags, after)])


def _tagged(line: Sequence[_Run]) -> str:
    return "".join(_tagged_run(run) for run in line)


def _tagged_run(run: _Run) -> str:
    text = _escape(run.text)
    for tag in reversed(run.tags):
        if tag in _ON_SITES:
            text = f"<{tag}>{text}</{tag}>"
    return _link(run.address, text) if run.address else text


def _link(address: str, label: str) -> str:
    return f'<a href="{html.escape(address)}">{label}</a>'


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def _absolute(address: str) -> str:
    return address if _SCHEME.match(address) and "." not in address.split(":", maxsplit=1)[0] else f"https://{address}"


def _names(label: str, address: str) -> bool:
    """Tell whether a label is the address itself, perhaps without its beginning."""
    bare = address.removeprefix("https://").removeprefix("http://").rstrip("/")
    return label.strip().removeprefix("https://").removeprefix("http://").rstrip("/") == bare


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many tags two places have in common, from the outermost on."""
    shared = 0
    for first, second in zip(one, other, strict=False):
        if first != second:
            break
        shared += 1
    return shared
