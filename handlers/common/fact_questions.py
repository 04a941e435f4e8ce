"""How facts of certificates are asked for, of people and of desks."""

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from services.certificates.dto import FactRule, FactType

#: Whose hint says what an answer looks like, too.
_TOLD_BY_HINTS = frozenset({FactType.TABLE, FactType.NUMBER, FactType.ACADEMIC_YEAR, FactType.COUNTRY})


def how_to_answer(rule: FactRule, hint: str) -> str:
    """Say what an answer looks like; empty where the hint says it all."""
    if hint and rule.type in _TOLD_BY_HINTS:
        return ""
    if rule.type is FactType.TEXT:
        return ngettext(
            "Write it in the language of the certificate: {count} sign at most.",
            "Write it in the language of the certificate: {count} signs at most.",
            rule.longest,
        ).format(count=rule.longest)
    sentences = {
        FactType.DATE: _("Write the day like this: 21.11.2026"),
        FactType.NUMBER: _("Write the number like this: 85.5"),
        FactType.MONEY: _("Write the amount like this: 2400.50"),
        FactType.ACADEMIC_YEAR: _("Write the academic year like this: 2025-26"),
        FactType.COUNTRY: _("Write the name of the country."),
        FactType.CHOICE: _("Choose one of the answers."),
        FactType.TABLE: _("Write a line for each row, with semicolons between its values."),
    }
    return sentences[rule.type]
