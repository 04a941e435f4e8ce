"""From the TOML of a university file to `University`, noting every mistake instead of stopping at the first."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from bot.documents.expiring_reader import read_expiring, read_working_week
from bot.documents.hotlines_reader import read_hotlines
from bot.documents.kinds_reader import read_kinds, read_signatory
from bot.documents.survey_readers import read_survey_readers
from bot.documents.toml_table import Table
from bot.documents.university_model import Contact, University
from bot.documents.wording import Noun
from services.languages import Trilingual

#: The format of the file; a file that asks for another is refused.
FORMAT: Final = 1

#: The common sentences under `[paper]`, each with the values it may name.
SENTENCES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "address": frozenset({"address"}),
        "phone": frozenset({"phone"}),
        "email": frozenset({"email"}),
        "site": frozenset({"site"}),
        "number_line": frozenset({"number", "date"}),
        "replaces": frozenset({"old_number", "old_date"}),
        "code_line": frozenset({"code"}),
        "page_line": frozenset({"page", "pages"}),
        "as_at": frozenset({"date"}),
        "issued_for": frozenset[str](),
        "recipient": frozenset({"recipient"}),
        "valid_until": frozenset({"valid_until"}),
        "no_expiry": frozenset[str](),
        "executor": frozenset({"executor", "executor_phone"}),
        "seal_mark": frozenset[str](),
        "seal_note": frozenset[str](),
        "signature_title": frozenset[str](),
        "signature_date": frozenset({"date"}),
        "signature_meaning": frozenset[str](),
        "check_on_page": frozenset({"verify_url", "bot"}),
        "check_in_bot": frozenset({"bot"}),
        "paper_copy": frozenset[str](),
        "rows": frozenset({"rows"}),
    }
)


def read(raw: dict[str, Any]) -> tuple[University | None, list[str]]:
    """Read a parsed file.

    Returns:
        The university (`None` if the format is another) and the mistakes found on the way.
    """
    problems: list[str] = []
    root = Table(raw, "", problems)
    if root.number("format") != FORMAT:
        return None, [f"format: should be {FORMAT}"]
    top = root.table("university")
    choices = root.each("choices", _choice_list)
    labels = root.each("labels", Table.trilingual)
    kinds = read_kinds(root, choices, labels)
    university = University(
        name=top.noun("name"),
        abbreviation=top.trilingual("abbreviation"),
        ministry=top.trilingual("ministry"),
        address=top.trilingual("address"),
        phone=top.text("phone"),
        email=top.text("email"),
        site=top.text("site"),
        group_word=top.trilingual("group_word"),
        signatory=read_signatory(top.table("signatory")),
        kyrgyz_letterhead_beside=top.flag("kyrgyz_letterhead_beside"),
        contacts=root.each("contacts", _contact),
        sentences=_sentences(root.table("paper"), tuple(SENTENCES)),
        labels=labels,
        choices=choices,
        kinds=kinds,
        expiring=read_expiring(root, kinds),
        working_week=read_working_week(top),
        hotlines=read_hotlines(root),
        survey_readers=read_survey_readers(root),
    )
    top.close()
    root.close()
    if "study_office" not in university.contacts:
        problems.append("contacts.study_office: is missing")
    return university, problems


def _contact(parent: Table, key: str) -> Contact:
    table = parent.table(key)
    result = Contact(
        name=table.trilingual("name"),
        phone=table.text("phone", needed=False),
        email=table.text("email", needed=False),
        place=table.trilingual("place", needed=table.has("place")),
        hours=table.trilingual("hours", needed=table.has("hours")),
    )
    table.close()
    return result


def _choice_list(parent: Table, key: str) -> Mapping[str, Noun]:
    return parent.each(key, Table.noun)


def _sentences(table: Table, names: tuple[str, ...]) -> Mapping[str, Trilingual]:
    result = {name: table.trilingual(name) for name in names}
    table.close()
    return MappingProxyType(result)
