"""Draws papers as PDF/A. Heavy, as `bot.documents.typesetting` is, so only the press imports it."""

from typing import Any

from bot.documents import qr
from bot.documents.layout import SIGNATURE_BOX
from bot.documents.typesetting import Typesetter
from services.certificates.dto import Paper


class CertificateRenderer:
    """Draws certificates; safe to use from several threads. The same paper gives the same bytes."""

    def __init__(self) -> None:
        self._typesetter = Typesetter("certificate.typ")

    def render(self, paper: Paper) -> bytes:
        """Draw a paper as PDF/A-2b.

        Raises:
            UnprintableTextError: a letter is not in the fonts.
        """
        return self._typesetter.pdf(paper=_data(paper))

    def preview(self, paper: Paper, *, dpi: int = 150) -> list[bytes]:
        """Draw a paper as PNG pictures, one a page; a letter that the fonts lack is an empty box in them."""
        return self._typesetter.pictures(float(dpi), paper=_data(paper))


def _data(paper: Paper) -> dict[str, Any]:
    picture = qr.draw(paper["qr"])
    return {**paper, "qr_svg": picture.svg, "qr_modules": picture.modules, "box": SIGNATURE_BOX.to_json()}
