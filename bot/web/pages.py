"""Templates, the style sheet and the reader's language: what makes a page."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from bot.documents.links import PublicLinks
from bot.i18n import Catalogues
from bot.settings import Settings
from bot.web.languages import PARAMETER, chosen_language, wished_language
from bot.web.translating import TemplatesOfLanguage
from handlers.common.languages import OWN_NAMES
from services.languages import Language
from services.university import UniversityCard

_HERE: Final = Path(__file__).parent
_TEMPLATES: Final = str(_HERE / "templates")
_A_YEAR: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a page: the language, and the query that keeps it if it was chosen by hand."""

    language: Language
    chosen: bool

    @property
    def query(self) -> str:
        """Return what links within the pages carry on."""
        return f"?{PARAMETER}={self.language.value}" if self.chosen else ""


class Pages:
    """Makes pages; `reader` opens the language in which they are made."""

    def __init__(self, settings: Settings, i18n: Catalogues, university: UniversityCard, links: PublicLinks) -> None:
        self._default = settings.default_locale
        self._i18n = i18n
        style = (_HERE / "static" / "pages.css").read_bytes()
        self._style = f"/static/pages.{hashlib.sha256(style).hexdigest()[:12]}.css"
        self._style_text = style
        self._templates = {language: TemplatesOfLanguage(_TEMPLATES, i18n, language) for language in Language}
        for templates in self._templates.values():
            templates.globals.update(
                style=self._style, own_names=OWN_NAMES, university=university, links=links, page_address=_address(links)
            )

    def add_routes(self, app: web.Application) -> None:
        """Add the style sheet, whose address changes with its content."""

        async def style(_request: web.Request) -> web.Response:
            headers = {"Cache-Control": _A_YEAR}
            return web.Response(body=self._style_text, content_type="text/css", charset="utf-8", headers=headers)

        app.router.add_get(self._style, style, name="style")

    @contextmanager
    def reader(self, request: web.Request) -> Iterator[Reader]:
        """Speak the reader's language while the block lasts."""
        chosen = chosen_language(request)
        language = chosen or wished_language(request) or self._default
        with self._i18n.context(), self._i18n.use_locale(language.value):
            yield Reader(language, chosen is not None)

    def page(self, reader: Reader, template: str, *, status: int = 200, **values: Any) -> web.Response:  # noqa: ANN401 -- whatever the template shows
        """Return a page."""
        text = self.text(reader, template, **values)
        return web.Response(
            status=status, text=text, content_type="text/html", headers={"Content-Language": reader.language.value}
        )

    def text(self, reader: Reader, template: str, **values: Any) -> str:  # noqa: ANN401 -- whatever the template shows
        """Return a template's text."""
        return self._templates[reader.language].get_template(template).render(reader=reader, **values)


def _address(links: PublicLinks) -> str:
    """Return how the address of the real pages begins, scheme and all; empty where it is not known."""
    return f"{links.public_url.rstrip('/')}/verify" if links.public_url else ""
