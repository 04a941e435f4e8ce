"""Draws papers as PDF/A with Typst. Heavy: importing it loads the compiler (0.15 s), so only the press imports it."""

import json
import shutil
import tempfile
import threading
import weakref
from pathlib import Path
from typing import Final, Literal

import typst

from bot.documents import fonts, qr
from bot.documents.errors import UnprintableTextError
from bot.documents.layout import SIGNATURE_BOX
from services.certificates.dto import Paper

_TEMPLATES: Final = Path(__file__).with_name("templates")

#: How Typst begins its complaint about a letter that no embedded font has.
_NO_GLYPH: Final = "could not be displayed with"


class CertificateRenderer:
    """Draws certificates; safe to use from several threads, each of which gets a compiler of its own.

    The same paper gives the same bytes: fonts are embedded from the packages, the date is that of issue. The fonts lie
    in a temporary folder as long as the renderer lives.
    """

    def __init__(self) -> None:
        self._local = threading.local()
        folder = Path(tempfile.mkdtemp(prefix="kabarchy-fonts-"))
        self._finalizer = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        fonts.write_to(folder)
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])

    def render(self, paper: Paper) -> bytes:
        """Draw a paper as PDF/A-2b.

        Raises:
            UnprintableTextError: a letter is not in the fonts.
        """
        return self._compile(paper, "pdf")[0]

    def preview(self, paper: Paper, *, dpi: int = 150) -> list[bytes]:
        """Draw a paper as PNG pictures, one a page.

        Raises:
            UnprintableTextError: a letter is not in the fonts.
        """
        return self._compile(paper, "png", float(dpi))

    def _compile(self, paper: Paper, kind: Literal["pdf", "png"], ppi: float | None = None) -> list[bytes]:
        picture = qr.draw(paper["qr"])
        data = {**paper, "qr_svg": picture.svg, "qr_modules": picture.modules, "box": SIGNATURE_BOX.to_json()}
        try:
            result = self._compiler().compile(
                format=kind,
                ppi=ppi,
                pdf_standards="a-2b" if kind == "pdf" else [],
                sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
            )
        except typst.TypstError as error:
            if _NO_GLYPH in error.message:
                raise UnprintableTextError(error.message) from error
            raise
        if result is None:
            raise RuntimeError("Typst wrote no output")
        return result if isinstance(result, list) else [result]

    def _compiler(self) -> typst.Compiler:
        compiler: typst.Compiler | None = getattr(self._local, "compiler", None)
        if compiler is None:
            compiler = self._local.compiler = typst.Compiler(
                _TEMPLATES / "certificate.typ",
                root=_TEMPLATES,
                font_paths=self._fonts,
            )
        return compiler
