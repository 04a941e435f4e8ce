"""Sets templates with Typst. Heavy: importing it loads the compiler (0.15 s), so it is imported at first use only."""

import json
import shutil
import tempfile
import threading
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Literal

import typst

from bot.documents import fonts
from bot.documents.errors import UnprintableTextError

_TEMPLATES: Final = Path(__file__).with_name("templates")

#: How Typst begins its complaint about a letter that no embedded font has.
_NO_GLYPH: Final = "could not be displayed with"


class Typesetter:
    """Sets one template with different data; safe to use from several threads, each of which gets its own compiler.

    The same data give the same bytes: fonts are embedded from the packages. They lie in a temporary folder as long as
    the typesetter lives.
    """

    def __init__(self, template: str) -> None:
        self._template = _TEMPLATES / template
        self._local = threading.local()
        folder = Path(tempfile.mkdtemp(prefix="kabarchy-fonts-"))
        self._finalizer = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        fonts.write_to(folder)
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])

    def pdf(self, **inputs: Mapping[str, Any]) -> bytes:
        """Return PDF/A-2b; the template reads each input as JSON from `sys.inputs`.

        Raises:
            UnprintableTextError: a letter is not in the fonts.
        """
        return self._compile(inputs, "pdf")[0]

    def pictures(self, ppi: float, **inputs: Mapping[str, Any]) -> list[bytes]:
        """Return PNG pictures, one a page; a letter that the fonts lack is an empty box in them."""
        return self._compile(inputs, "png", ppi)

    def _compile(
        self, inputs: Mapping[str, Mapping[str, Any]], kind: Literal["pdf", "png"], ppi: float | None = None
    ) -> list[bytes]:
        try:
            result = self._compiler().compile(
                format=kind,
                ppi=ppi,
                pdf_standards="a-2b" if kind == "pdf" else [],
                sys_inputs={name: json.dumps(data, ensure_ascii=False) for name, data in inputs.items()},
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
            compiler = self._local.compiler = typst.Compiler(self._template, root=_TEMPLATES, font_paths=self._fonts)
        return compiler
