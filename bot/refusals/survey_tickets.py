"""Refusals of paper tickets."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from bot.refusals.words import Sentences, Words
from services.languages import Language
from services.survey_tickets.errors import NoSuchGroup, TicketsNotMeant, TicketsRunOut, TooManyTickets

_SHOWN = 40


def _not_meant(_refusal: TicketsNotMeant, _language: Language, _words: Words) -> str:
    return _("This survey is not answered with tickets, so none are made for it.")


def _no_group(refusal: NoSuchGroup, _language: Language, _words: Words) -> str:
    groups = ", ".join(map(html.quote, refusal.groups[:_SHOWN]))
    sentence = _("The survey has no group {code}. Choose one of its groups: {groups}")
    return sentence.format(code=html.quote(refusal.code), groups=groups)


def _too_many(refusal: TooManyTickets, _language: Language, _words: Words) -> str:
    return _("From 1 to {most} tickets can be made at a time. More can be made in several goes.").format(
        most=refusal.most
    )


def _run_out(refusal: TicketsRunOut, _language: Language, _words: Words) -> str:
    return _(
        "For this group {most} tickets are made at most: as many as it has people, and some to replace lost ones. So "
        "many more can be made: {left}."
    ).format(most=refusal.most, left=refusal.left)


SENTENCES: Sentences = {
    TicketsNotMeant: _not_meant,
    NoSuchGroup: _no_group,
    TooManyTickets: _too_many,
    TicketsRunOut: _run_out,
}
