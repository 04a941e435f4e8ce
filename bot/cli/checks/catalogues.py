"""The three catalogues of the conversation."""

from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from bot.cli.checks.finding import Finding, bad, good
from bot.i18n import LOCALES
from services.languages import Language


def check_catalogues() -> list[Finding]:
    """Does every language load and have every text?"""
    return [_check(language) for language in Language]


def _check(language: Language) -> Finding:
    subject = f"catalogue {language.value}"
    try:
        wanted = _texts(LOCALES / "messages.pot", None)
        translated = _texts(LOCALES / language.value / "LC_MESSAGES" / "messages.po", language)
    except (OSError, PoFileError, ValueError) as error:
        return bad(subject, f"cannot be read: {error}", "install kabarchy again")
    missing = [text for text in wanted if not translated.get(text)]
    if missing:
        return bad(subject, f"{len(missing)} of {len(wanted)} texts are missing, the first: {missing[0][:60]!r}")
    return good(subject, f"{len(wanted)} texts")


def _texts(path: Path, language: Language | None) -> dict[str, bool]:
    """Return for every text whether it is translated, in all its forms and without doubt."""
    with path.open("rb") as source:
        catalogue = read_po(source, locale=language.value if language else None, abort_invalid=True)
    texts = {}
    for message in catalogue:
        if not message.id:
            continue
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        key = message.id if isinstance(message.id, str) else message.id[0]
        texts[key] = all(forms) and not message.fuzzy
    return texts
