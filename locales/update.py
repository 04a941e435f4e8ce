"""Brings the catalogues up to date with the code: extract, merge, and English for itself.

English is the language of the sources, so its catalogue repeats them; Kyrgyz and Russian are written by people.
"""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

_ROOT = Path(__file__).parents[1]
_LOCALES = _ROOT / "locales"
_SOURCES = ("bot", "handlers")
_KEYWORDS = {"_": None, "ngettext": (1, 2)}
_METHODS = [("**.py", "python"), ("**.html", "jinja2")]
_LANGUAGES = ("ky", "ru", "en")
_WIDTH = 110
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # the log of changes is in version control


def extract() -> Catalog:
    """Return all texts of the code."""
    template = Catalog(project="Kabarchy", header_comment="# Texts of Kabarchy.", creation_date=_NO_DATE)
    for folder in _SOURCES:
        found = extract_from_dir(_ROOT / folder, _METHODS, keywords=_KEYWORDS, comment_tags=("NOTE:",))
        for file, _line, message, comments, context in found:
            template.add(message, None, [(f"{folder}/{file}", 0)], auto_comments=comments, context=context)
    return template


def update(language: str, template: Catalog) -> Catalog:
    """Merge the template into a catalogue; texts that are gone are dropped."""
    path = catalogue_path(language)
    catalogue = Catalog(locale=language, project="Kabarchy", header_comment="# Texts of Kabarchy.")
    if path.exists():
        with path.open("rb") as source:
            catalogue = read_po(source, locale=language)
    catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.creation_date = catalogue.revision_date = _NO_DATE
    if language == "en":
        for message in catalogue:
            if message.id:
                message.string = message.id
    return catalogue


def catalogue_path(language: str) -> Path:
    """Return where a catalogue stands."""
    return _LOCALES / language / "LC_MESSAGES" / "messages.po"


def main() -> None:
    """Write the template and all catalogues."""
    template = extract()
    _write(_LOCALES / "messages.pot", template)
    for language in _LANGUAGES:
        catalogue = update(language, template)
        _write(catalogue_path(language), catalogue)
        empty = sum(1 for message in catalogue if message.id and not message.string)
        print(f"{language}: {len(catalogue)} texts, {empty} without translation")  # noqa: T201 -- a command's output


def _write(path: Path, catalogue: Catalog) -> None:
    with path.open("wb") as target:
        write_po(target, catalogue, width=_WIDTH, sort_output=True, omit_header=False, include_lineno=False)


if __name__ == "__main__":
    main()
