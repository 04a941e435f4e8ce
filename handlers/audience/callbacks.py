"""Buttons of this feature; they carry ids only. `mark`: of what the screen showed, the draft's version among it."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from services.audience.dto import TermKey


class Ask(StrEnum):
    """Of what a list of values is."""

    ROLES = "r"
    UNITS = "u"
    PROGRAMMES = "p"
    COURSES = "c"
    GROUPS = "g"
    FORMS = "f"
    LANGUAGES = "l"
    COUNTRIES = "z"
    LISTS = "t"

    @property
    def key(self) -> TermKey:
        """What its values are of."""
        return _KEYS[self]


_KEYS = {
    Ask.ROLES: TermKey.ROLE,
    Ask.UNITS: TermKey.UNIT,
    Ask.PROGRAMMES: TermKey.PROGRAMME,
    Ask.COURSES: TermKey.COURSE,
    Ask.GROUPS: TermKey.GROUP,
    Ask.FORMS: TermKey.FORM,
    Ask.LANGUAGES: TermKey.LANG,
    Ask.COUNTRIES: TermKey.CITIZENSHIP,
    Ask.LISTS: TermKey.LIST,
}


class Quick(StrEnum):
    """What is chosen with one tap."""

    EVERYBODY = "a"
    STUDENTS = "s"
    STAFF = "e"
    GUESTS = "g"
    FOREIGN = "f"
    NOBODY = "n"


class ChooseQuickly(CallbackData, prefix="u1"):
    """Choose a sort of people, or take it back."""

    draft_id: int
    quick: Quick
    mark: int


class ListValues(CallbackData, prefix="u2"):
    """Show what can be chosen, to mean it or (`out`) to leave it out."""

    draft_id: int
    ask: Ask
    out: bool
    page: int


class ChooseValue(CallbackData, prefix="u3"):
    """Choose a value, or take it back; `mark` says which."""

    draft_id: int
    ask: Ask
    out: bool
    mark: int


class RemoveTerm(CallbackData, prefix="u4"):
    """Take a whole term back; `mark` says which."""

    draft_id: int
    mark: int


class TypeAudience(CallbackData, prefix="u5"):
    """Type who is meant, as an expression."""

    draft_id: int


class ListChannels(CallbackData, prefix="u7"):
    """Show the channels and groups that can be chosen."""

    draft_id: int


class ChooseChannel(CallbackData, prefix="u8"):
    """Choose one of them, or take it back; `mark` says which."""

    draft_id: int
    mark: int


class BringList(CallbackData, prefix="u6"):
    """Send a file with the numbers of those who are meant."""

    draft_id: int
