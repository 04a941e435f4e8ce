"""How an audience is written, without I/O."""

import re
from collections.abc import Callable, Mapping

from services.access import Role
from services.audience.dto import GUEST, Audience, Term, TermFault, TermKey
from services.audience.errors import AudienceUnreadable, ListNameUnusable
from services.audience.names import FOREIGN
from services.languages import Language
from services.people.dto import PersonKind, PersonStatus
from services.people.rules import group_key, number_key
from services.roles.rules import telegram_id_of
from services.spelling import mend

#: Signs an expression may have; whoever names more people than fit in brings a list.
LONGEST_EXPRESSION = 4_000
_LONGEST_NAME = 100
_ALL = "all"
_MINUSES = "-–—−"  # phones make one of another
_QUOTES = str.maketrans("“”„«»", '"""""')
_COMMA = re.compile(r'("[^"]*")| ?, ?')
_OR = "\n"  # stands for a comma between values, once all spaces are blanks
_TERM = re.compile(r'(?:"[^"]*"|[^ "])+')

#: The values of terms that know only these.
CHOICES: Mapping[TermKey, tuple[str, ...]] = {
    TermKey.ROLE: (*PersonKind, GUEST, *Role),
    TermKey.KIND: tuple(PersonKind),
    TermKey.COURSE: tuple("1234567"),
    TermKey.FORM: ("full_time", "part_time"),
    TermKey.LANG: tuple(Language),
    TermKey.STATUS: (PersonStatus.ACTIVE, PersonStatus.LEAVE, PersonStatus.GRADUATED),
}


def read_audience(text: str) -> Audience:
    """Read an expression.

    Raises:
        AudienceUnreadable: with the term at fault.
    """
    if len(text) > LONGEST_EXPRESSION:
        raise AudienceUnreadable(f"{text[:40]}…", TermFault.TOO_LONG)
    blank = " ".join(text.translate(_QUOTES).split())
    if blank.count('"') % 2:
        raise AudienceUnreadable(blank[blank.rindex('"') :], TermFault.OPEN_QUOTE)
    included: dict[Term, None] = {}
    excluded: dict[Term, None] = {}
    words = _TERM.findall(_COMMA.sub(lambda found: found[1] or _OR, blank))
    if not words:
        raise AudienceUnreadable("", TermFault.EMPTY)
    for word in words:
        bare = word.lstrip(_MINUSES)
        if _latin(bare) != _ALL:
            (included if bare == word else excluded)[_term(bare, _shown(word))] = None
        elif bare != word:
            raise AudienceUnreadable(_shown(word), TermFault.NOBODY)
    return Audience(included=tuple(included), excluded=tuple(excluded))


def unit_words(audience: Audience) -> set[str]:
    """Return the words by which an audience names units."""
    return {value for term in audience.terms if term.key is TermKey.UNIT for value in term.values}


def list_name(text: str) -> str:
    """Return the name under which a list is kept: one spelling for all that differ by capitals, spaces or look-alikes.

    Raises:
        ListNameUnusable: it could not be named in an expression.
    """
    name = _tidy(text).casefold()
    if not name or len(name) > _LONGEST_NAME or '"' in name.translate(_QUOTES):
        raise ListNameUnusable(text)
    return name


def sayable(value: str) -> str:
    """Return a value as an expression can say it: without the quotation marks that would end it."""
    return " ".join(mend(value).translate(_QUOTES).replace('"', " ").split())


def _term(word: str, shown: str) -> Term:
    name, colon, written = word.partition(":")
    if not colon:
        raise AudienceUnreadable(shown, TermFault.BARE_WORD)
    try:
        key = TermKey(_latin(name))
    except ValueError as error:
        raise AudienceUnreadable(shown, TermFault.UNKNOWN_KEY, tuple(TermKey)) from error
    values = (_value(key, value, shown) for value in written.split(_OR))
    return Term(key=key, values=tuple(dict.fromkeys(values)))


def _value(key: TermKey, written: str, shown: str) -> str:
    value = _tidy(written.replace('"', ""))
    if not value:
        raise AudienceUnreadable(shown, TermFault.NO_VALUE)
    read = _READ.get(key)
    meant = read(value) if read else _choice(key, value)
    if not meant:
        raise AudienceUnreadable(shown, TermFault.IMPOSSIBLE_VALUE, CHOICES.get(key, ()))
    return meant


def _shown(word: str) -> str:
    return word.replace(_OR, ",")


def _choice(key: TermKey, value: str) -> str:
    word = _latin(value).replace("-", "_")
    return word if word in CHOICES[key] else ""


def _group(value: str) -> str:
    return value if group_key(value) else ""


def _citizenship(value: str) -> str:
    return FOREIGN if _latin(value) == FOREIGN else value


def _list(value: str) -> str:
    return value.casefold() if len(value) <= _LONGEST_NAME else ""


def _account(value: str) -> str:
    return str(telegram_id_of(value) or "")


def _text(value: str) -> str:
    return value


#: How a value is read where there is more than a choice; an empty one is impossible.
_READ: Mapping[TermKey, Callable[[str], str]] = {
    TermKey.UNIT: _text,
    TermKey.PROGRAMME: _text,
    TermKey.GROUP: _group,
    TermKey.CITIZENSHIP: _citizenship,
    TermKey.LIST: _list,
    TermKey.PERSON: number_key,
    TermKey.ACCOUNT: _account,
}


def _tidy(text: str) -> str:
    return " ".join(mend(text).split())


def _latin(text: str) -> str:
    """Return a word of the notation in small Latin letters, whichever script its look-alikes are in."""
    return number_key(text).casefold()
