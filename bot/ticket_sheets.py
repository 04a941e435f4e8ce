"""Tickets of an anonymous survey put into words on paper, for the chat and the command line."""

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from aiogram.utils.i18n import gettext as _

from bot.documents.links import PublicLinks
from bot.documents.university_model import University
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from services.codes import printed_code
from services.languages import Language
from services.survey_tickets.dto import TicketSheet
from services.survey_tickets.rules import CODE_GROUP

if TYPE_CHECKING:
    from bot.documents.ticket_sheet import Words


class TicketSheets:
    """Draws tickets away from the event loop (`services.survey_tickets.ports.TicketPrinter`)."""

    def __init__(self, university: University, links: PublicLinks, localtime: LocalTime, i18n: Catalogues) -> None:
        self._university = university
        self._links = links
        self._localtime = localtime
        self._i18n = i18n

    async def draw(self, sheet: TicketSheet) -> bytes:
        """Return a PDF of tickets to be cut apart; it is kept nowhere."""
        return await asyncio.to_thread(self._draw, sheet)

    def _draw(self, sheet: TicketSheet) -> bytes:
        from bot.documents.ticket_sheet import DrawnSheet, Ticket, draw  # noqa: PLC0415 -- Typst takes 0.15 s

        names = [name for language in Language if (name := sheet.group.get(language))]
        return draw(
            DrawnSheet(
                university=self._university.name.get(Language.KY),
                group=" · ".join(dict.fromkeys(names)),
                address=self._links.ticket_desk,
                words=self._words(sheet.closes_on),
                tickets=[
                    Ticket(code=printed_code(code, CODE_GROUP), link=self._links.ticket_page(code))
                    for code in sheet.codes
                ],
            )
        )

    def _words(self, closes_on: date | None) -> "dict[Language, Words]":
        """Say everything in the three languages."""
        from bot.documents.ticket_sheet import Words  # noqa: PLC0415 -- as above

        words = {}
        with self._i18n.context():
            for language in Language:
                with self._i18n.use_locale(language.value):
                    until = self._localtime.date(closes_on, language) if closes_on is not None else ""
                    words[language] = Words(
                        what=_("Anonymous survey. Draw a ticket from the box yourself."),
                        keep=_("Show the code to nobody. The ticket works once."),
                        until=_("Open until: {date}").format(date=until) if until else "",
                        curator=_("Take one if you wish. I do not note who does. Open it later, when you are alone."),
                        curator_says=_("Whoever hands out the tickets says:"),
                        cut_off=_("Cut this strip off. The tickets are only for the group:"),
                    )
        return words
