"""Facts of a person in the reader's words."""

from collections.abc import Iterable
from datetime import date

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.fact_labels import fact_label
from handlers.common.reader import Reader
from services.certificates.dto import FactType, PublicFact
from services.corrections.dto import Fact, FactForm
from services.corrections.rules import form_of
from services.people.dto import PersonKind, PersonStatus

#: Signs of a value, the longest first, until all values fit into a message.
LENGTHS = (300, 120, 40)
_LONGEST_MESSAGE = 4096  # signs, without markup


def fact_name(fact: Fact) -> str:
    """Return what a fact is called."""
    return fact_label(fact.value)


def fact_value(fact: Fact, value: str, reader: Reader) -> str:
    """Return a stored value as it is read, as HTML; a dash where there is none."""
    if not value:
        return "—"
    if form_of(fact) is FactForm.DATE:
        return html.quote(reader.day(date.fromisoformat(value)))
    if form_of(fact) is FactForm.CHOICE:
        return html.quote(choice_word(fact, value, reader))
    return html.quote(value)


def choice_word(fact: Fact, value: str, reader: Reader) -> str:
    """Return a word of a closed list, as the university's papers have it; plain text."""
    stored = PublicFact(name=fact.value, type=FactType.CHOICE, value=value, masked=False)
    return reader.words.describe("", stored, reader.language)[1]


def kind_name(kind: PersonKind) -> str:
    """Return whether it is a student or an employee."""
    return {PersonKind.STUDENT: _("student"), PersonKind.STAFF: _("employee")}[kind]


def status_name(kind: PersonKind, status: PersonStatus, *, absent: bool) -> str:
    """Return whether a person studies or works here now; the sign before it only repeats the words."""
    if absent:
        return _("⚪ not in the roster now")
    if kind is PersonKind.STAFF:
        names = {
            PersonStatus.ACTIVE: _("🟢 works here"),
            PersonStatus.LEAVE: _("🟡 on leave"),
            PersonStatus.EXPELLED: _("🔴 no longer works here"),
            PersonStatus.GRADUATED: _("🔴 no longer works here"),
        }
    else:
        names = {
            PersonStatus.ACTIVE: _("🟢 studies"),
            PersonStatus.LEAVE: _("🟡 on academic leave"),
            PersonStatus.EXPELLED: _("🔴 studies have ended"),
            PersonStatus.GRADUATED: _("🎓 graduated"),
        }
    return names[status]


def cut(value: str, longest: int) -> str:
    """Return a value, or its beginning where it is too long."""
    return value if len(value) <= longest else value[: longest - 1] + "…"


def first_that_fits(texts: Iterable[str]) -> str:
    """Return the first text that Telegram takes; empty if it takes none."""
    return next((text for text in texts if len(text.encode("utf-16-le")) // 2 <= _LONGEST_MESSAGE), "")
