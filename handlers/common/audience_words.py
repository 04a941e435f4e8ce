"""Who is meant by an audience, in the reader's words."""

from collections.abc import Iterable, Mapping, Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.languages import language_name
from handlers.common.roles import role_name
from services.access import Role
from services.audience.dto import GUEST, Audience, Term, TermKey
from services.audience.names import FOREIGN
from services.languages import Language, Trilingual
from services.people.dto import PersonKind, PersonStatus

_MOST_VALUES = 12  # of a term
_LONGEST_VALUE = 60
_LONGEST = 2_500  # signs of all; a message has its limits


def audience_lines(
    audience: Audience, unit_names: Mapping[str, Trilingual], reader: Language, *, longest: int = _LONGEST
) -> list[str]:
    """Return who is meant, a line for each term; `unit_names`: as of `DraftAudience`; `longest`: signs of all."""
    lines = [_term_line(term, unit_names, reader) for term in audience.included]
    if not lines:
        lines = [_("• Everybody who is linked: students and employees")]
    if audience.excluded:
        lines += [_("Except:"), *(_term_line(term, unit_names, reader) for term in audience.excluded)]
    return list(_cut(lines, longest))


def term_text(term: Term, unit_names: Mapping[str, Trilingual], reader: Language) -> str:
    """Return the values of a term, any of which is enough; plain text."""
    values = [_short(value_text(term.key, value, unit_names, reader)) for value in term.values]
    shown = _(" or ").join(values[:_MOST_VALUES])
    more = len(values) - _MOST_VALUES
    return f"{shown} {_('… and {number} more').format(number=more)}" if more > 0 else shown


def value_text(key: TermKey, value: str, unit_names: Mapping[str, Trilingual], reader: Language) -> str:
    """Return a value in the reader's words, or as it is written; plain text."""
    if key is TermKey.UNIT:
        name = unit_names.get(value, Trilingual())
        return name.get(reader) or name.ky or name.ru or value
    if key is TermKey.LANG:
        return language_name(Language(value))
    if key is TermKey.CITIZENSHIP:
        return _("foreign citizens") if value == FOREIGN else value
    return _words().get(key, {}).get(value, value)


def key_label(key: TermKey) -> str:
    """Return what the values of a term are."""
    labels = {
        TermKey.ROLE: _("Who"),
        TermKey.KIND: _("Who"),
        TermKey.UNIT: _("Structural unit"),
        TermKey.PROGRAMME: _("Study programme"),
        TermKey.COURSE: _("Year of study"),
        TermKey.GROUP: _("Study group"),
        TermKey.FORM: _("Form of study"),
        TermKey.CITIZENSHIP: _("Citizenship"),
        TermKey.LANG: _("Language of the reader"),
        TermKey.STATUS: _("Status"),
        TermKey.LIST: _("List of people"),
        TermKey.PERSON: _("Number in the roster"),
        TermKey.ACCOUNT: _("Telegram account"),
    }
    return labels[key]


def _term_line(term: Term, unit_names: Mapping[str, Trilingual], reader: Language) -> str:
    return f"• {key_label(term.key)}: <b>{html.quote(term_text(term, unit_names, reader))}</b>"


def _words() -> Mapping[TermKey, Mapping[str, str]]:
    people = {
        PersonKind.STUDENT.value: _("students"),
        PersonKind.STAFF.value: _("employees"),
        GUEST: _("guests (not linked to anybody)"),
    }
    return {
        TermKey.ROLE: people | {role.value: role_name(role) for role in Role},
        TermKey.KIND: people,
        TermKey.FORM: {"full_time": _("full-time"), "part_time": _("extramural (part-time)")},
        TermKey.STATUS: {
            PersonStatus.ACTIVE.value: _("active"),
            PersonStatus.LEAVE.value: _("on academic leave"),
            PersonStatus.GRADUATED.value: _("graduated"),
        },
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"


def _cut(lines: Sequence[str], left: int) -> Iterable[str]:
    """Leave out the last lines where all would be too long, and say that there are more."""
    for place, line in enumerate(lines):
        left -= len(line)
        if left < 0:
            yield _("… and {number} more").format(number=len(lines) - place)
            return
        yield line
