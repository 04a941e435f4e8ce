"""One-time codes of a group put into words on paper, for the chat and the command line."""

import asyncio
from typing import TYPE_CHECKING

from aiogram.utils.i18n import gettext as _

from bot.documents.links import PublicLinks
from bot.documents.university_model import University
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from services.codes import printed_code
from services.languages import Language
from services.linking.dto import GroupCodes, IssuedLinkCode

if TYPE_CHECKING:
    from bot.documents.code_sheet import Strip


class CodeSheets:
    """Draws sheets of strips away from the event loop (`services.linking.ports.CodeSheetPrinter`)."""

    def __init__(self, university: University, links: PublicLinks, localtime: LocalTime, i18n: Catalogues) -> None:
        self._university = university
        self._links = links
        self._localtime = localtime
        self._i18n = i18n

    async def draw(self, codes: GroupCodes) -> bytes:
        """Return a PDF with a strip for everybody; it is kept nowhere."""
        return await asyncio.to_thread(self._draw, codes)

    def _draw(self, codes: GroupCodes) -> bytes:
        from bot.documents.code_sheet import CodeSheet, draw  # noqa: PLC0415 -- Typst takes 0.15 s

        sentences, valid = {}, {}
        last_day = self._localtime.today(codes.expires_at)
        with self._i18n.context():
            for language in Language:
                with self._i18n.use_locale(language.value):
                    sentences[language] = _(
                        "Scan the QR code or write the code to the bot. It is yours alone and works once."
                    )
                    valid[language] = _("Valid until: {date}").format(date=self._localtime.date(last_day, language))
        sheet = CodeSheet(
            title=codes.group_name,
            university=self._university.name.get(Language.KY),
            bot=self._links.bot,
            sentences=sentences,
            valid=valid,
            strips=[self._strip(codes.group_name, code) for code in codes.codes],
        )
        return draw(sheet)

    def _strip(self, group_name: str, code: IssuedLinkCode) -> "Strip":
        from bot.documents.code_sheet import Strip  # noqa: PLC0415 -- as above

        return Strip(
            name=code.person.full_name,
            details=f"{group_name} · {code.person.person_no}",
            code=printed_code(code.code),
            link=self._links.link_in_bot(code.payload),
        )
