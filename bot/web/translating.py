"""Templates that speak one language each: their sentences are translated when they are compiled, not at each page."""

from collections.abc import Iterator, MutableMapping
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from bot.i18n import Catalogues
from services.languages import Language

_SENTENCE: Final = ("name", "lparen", "string", "rparen")  # _("...")
_MARK: Final = "_"


class TemplatesOfLanguage(Environment):
    """The templates of a folder in one language. `_("...")` in them is the translated text itself."""

    def __init__(self, folder: str, i18n: Catalogues, language: Language) -> None:
        self._i18n = i18n
        self._language = language
        super().__init__(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=[_Translation],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.globals[_MARK] = self.translated  # for a sentence that is not written out

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template knows as one plain mapping: each page copies it, and a chain of maps is slow."""
        return {**self.globals, **(d or {})}

    def translated(self, sentence: str) -> str:
        """Return a sentence in the language of these templates."""
        return self._i18n.gettext(sentence, locale=self._language.value)


class _Translation(Extension):
    """Puts the translated text in the place of every `_("...")`; the compiler joins it with the markup around it."""

    environment: TemplatesOfLanguage

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template."""
        tokens = list(stream)
        place = 0
        while place < len(tokens):
            token = tokens[place]
            found = tokens[place : place + len(_SENTENCE)]
            if token.value == _MARK and tuple(one.type for one in found) == _SENTENCE:
                yield Token(token.lineno, "string", self.environment.translated(found[2].value))
                place += len(_SENTENCE)
            else:
                yield token
                place += 1
