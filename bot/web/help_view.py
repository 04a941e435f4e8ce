"""Telephone numbers on the last page of a survey, each to be called with a tap."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.utils.i18n import gettext as _
from markupsafe import Markup, escape

from services.languages import Language
from services.trust.dto import Hotlines

_NOT_DIALLED = re.compile(r"[^0-9+]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """What stands on the last page for everybody: the trust phone, and what answers at any hour."""

    trust: Markup
    calling: Markup
    shows_number: str


def help_of(hotlines: Hotlines, language: Language) -> Help:
    """Return the numbers of the university in the language of the moment; empty where it has given none."""
    return Help(
        trust=_trust(hotlines, language),
        calling=_calling(hotlines.to_call),
        shows_number=_("When you call, your number may be shown.") if hotlines.to_call else "",
    )


def _trust(hotlines: Hotlines, language: Language) -> Markup:
    line = hotlines.trust_phone
    if line is None:
        return escape("")
    hours = line.hours.get(language)
    if not hours:
        return escape(_("Trust phone: {phone}")).format(phone=_number(line.phone))
    return escape(_("Trust phone: {phone}. Hours: {hours}")).format(phone=_number(line.phone), hours=hours)


def _calling(phones: Sequence[str]) -> Markup:
    if not phones:
        return escape("")
    return escape(_("You can call now: {phone}")).format(phone=escape(", ").join(map(_number, phones)))


def _number(phone: str) -> Markup:
    """Return a number as a link that a telephone dials."""
    link = Markup('<a class="tel" href="tel:{dialled}">{phone}</a>')
    return link.format(dialled=_NOT_DIALLED.sub("", phone), phone=phone)
