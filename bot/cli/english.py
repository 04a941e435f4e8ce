"""The chat's own sentences, in English and without markup, for the operator."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def in_english() -> Iterator[None]:
    """Put into English whatever is worded while the block lasts; the words are to be imported inside of it."""
    from bot.lazy_models import import_aiogram

    import_aiogram()
    from bot.i18n import Catalogues
    from services.languages import Language

    catalogues = Catalogues(Language.EN)
    with catalogues.context(), catalogues.use_locale(Language.EN.value):
        yield
