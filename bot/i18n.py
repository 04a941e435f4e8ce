"""The three languages of the catalogues."""

import gettext
from collections.abc import Generator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from aiogram.utils.i18n import I18n
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from services.languages import Language

LOCALES = Path(__file__).parents[1] / "locales"


class Catalogues(I18n):
    """Reads the .po files themselves, so that a text and its translation can never be of different ages."""

    def __init__(self, default_language: Language = Language.KY, path: Path = LOCALES) -> None:
        super().__init__(path=path, default_locale=default_language.value, domain="messages")

    @contextmanager
    def context(self) -> Generator[I18n, None, None]:
        """Make this the catalogue of the moment; aiogram's `gettext` asks `I18n` itself, never a subclass."""
        token = I18n.set_current(self)
        try:
            yield self
        finally:
            I18n.reset_current(token)

    def find_locales(self) -> dict[str, gettext.GNUTranslations]:
        """Compile the catalogue of each language in memory."""
        return {language.value: _read(Path(self.path), language) for language in Language}


def _read(path: Path, language: Language) -> gettext.GNUTranslations:
    return _compile((path / language.value / "LC_MESSAGES" / "messages.po").read_bytes(), language)


@lru_cache(maxsize=len(Language))
def _compile(source: bytes, language: Language) -> gettext.GNUTranslations:
    """Compile what a file holds; whoever reads the same texts again in this process gets the same catalogue."""
    catalogue = read_po(BytesIO(source), locale=language.value)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
