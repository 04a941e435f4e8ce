"""Filters over the update alone; no filter asks the database."""

from aiogram import F
from aiogram.filters import BaseFilter
from aiogram.types import Message

from services.access import Actor
from services.certificates.rules import read_code
from services.codes import normalise_code
from services.linking.rules import TYPED_LENGTH, looks_like_code

#: Text typed into a form; commands pass by, so that /cancel works everywhere.
TYPED_TEXT = F.text & ~F.text.startswith("/")


class HoldsCertificateCode(BaseFilter):
    """The message is nothing but a certificate's code; passes it on as `code`."""

    async def __call__(self, message: Message) -> bool | dict[str, object]:
        """Read the code, however it is written."""
        code = read_code(message.text or "")
        return {"code": code} if code else False


class HoldsLinkCode(BaseFilter):
    """The message is nothing but a one-time link code; passes it on as `code`.

    Any ten signs are one where a code was asked for (`asked_for`), and from somebody who is not linked yet; from others
    a word or a telephone number is none.
    """

    def __init__(self, *, asked_for: bool = False) -> None:
        self._asked_for = asked_for

    async def __call__(self, message: Message, actor: Actor) -> bool | dict[str, object]:
        """Read the code, however it is written."""
        code = normalise_code(message.text or "", TYPED_LENGTH)
        if code is None or not (self._asked_for or actor.person is None or looks_like_code(code)):
            return False
        return {"code": code}
