"""What `announce` and `announcement` refuse, in one line for the operator."""

from collections.abc import Callable, Mapping
from typing import Any

from services.announcements import errors
from services.errors import Refusal
from services.html import MOST_TAGS, FaultKind, HtmlFault
from services.languages import Language

_LANGUAGES = {Language.KY: "Kyrgyz", Language.RU: "Russian", Language.EN: "English"}

_FAULTS: Mapping[FaultKind, str] = {
    FaultKind.SIGN: "line {line} holds a sign that is no text: {found}",
    FaultKind.ANGLE: 'in line {line} "<" begins no tag: {found}; for the sign itself write &lt;',
    FaultKind.ENTITY: (
        "in line {line} stands {found}, which Telegram does not know; it knows &lt; &gt; &amp; &quot; and numbers"
    ),
    FaultKind.TAG: "in line {line} stands {found}, which Telegram does not know",
    FaultKind.ATTRIBUTE: "in line {line} stands {found}, with what Telegram does not know in such a tag",
    FaultKind.ADDRESS: 'in line {line} stands {found}, which leads nowhere; a link is <a href="https://...">',
    FaultKind.NESTING: "in line {line} stands {found} inside of a tag that cannot hold it",
    FaultKind.NOT_OPEN: "in line {line} stands {found}, which is not what is open there",
    FaultKind.NOT_CLOSED: "in line {line} stands {found}, which is never closed",
    FaultKind.TOO_MANY_TAGS: f"it has more than {MOST_TAGS} tags (line {{line}}): Telegram would not show the rest",
    FaultKind.EMPTY: "nothing of it can be seen",
    FaultKind.TOO_LONG: "it has {length} signs as Telegram counts them; the limit is {limit}",
}

#: How each refusal is said.
SENTENCES: Mapping[type[Refusal], Callable[[Any], str]] = {
    errors.TextMissing: lambda it: (
        f"there is no text in {_names(it.languages)}; give it with {_options(it.languages)}, or name with --fallback "
        "the language whose text is to be sent instead"
    ),
    errors.FallbackMissing: lambda it: (
        f"--fallback names {_LANGUAGES[it.language]}, in which there is no text; give it with {_options([it.language])}"
    ),
    errors.TextUnusable: lambda it: f"the text in {_LANGUAGES[it.language]}: {_fault(it.fault)}",
    errors.DueInPast: lambda it: f"--at {it.due_at:%Y-%m-%d %H:%M} is past already",
    errors.NobodyMeant: lambda _: "the audience is nobody, so nothing was announced",
    errors.NoSuchAnnouncement: lambda it: f"there is no announcement {it.announcement_id}",
    errors.AnnouncementEnded: lambda it: f"announcement {it.announcement_id} is {it.state.value}; nothing was changed",
    errors.NotBegun: lambda it: f"announcement {it.announcement_id} has not gone out to anybody yet",
    errors.NobodyLeftOut: lambda it: f"announcement {it.announcement_id} ended so with nobody; nothing was changed",
}


def _fault(fault: HtmlFault) -> str:
    return _FAULTS[fault.kind].format(line=fault.line, found=fault.found, length=fault.length, limit=fault.limit)


def _names(languages: tuple[Language, ...]) -> str:
    *first, last = (_LANGUAGES[language] for language in languages)
    return f"{', '.join(first)} or {last}" if first else last


def _options(languages: tuple[Language, ...] | list[Language]) -> str:
    return " ".join(f"--{language.value}" for language in languages)
