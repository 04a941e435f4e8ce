"""From the TOML of a university file to `University`, noting every mistake instead of stopping at the first."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from bot.documents.expiring_reader import read_expiring, read_working_week
from bot.documents.toml_table import Table
from bot.documents.university_model import Contact, KindWording, Line, Signatory, University
from bot.documents.wording import Noun
from services.certificates.dto import CertificateKind, FactRule, FactType, Publicity, Requirement
from services.languages import Language, Trilingual

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
    }
)

#: Those that a kind may word differently or, with empty texts, leave out.
KIND_SENTENCES: Final = frozenset({"as_at", "issued_for", "recipient", "valid_until", "no_expiry"})


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
    kinds = _kinds(root, choices)
    university = University(
        name=top.noun("name"),
        abbreviation=top.trilingual("abbreviation"),
        ministry=top.trilingual("ministry"),
        address=top.trilingual("address"),
        phone=top.text("phone"),
        email=top.text("email"),
        site=top.text("site"),
        group_word=top.trilingual("group_word"),
        signatory=_signatory(top.table("signatory")),
        kyrgyz_letterhead_beside=top.flag("kyrgyz_letterhead_beside"),
        contacts=root.each("contacts", _contact),
        sentences=_sentences(root.table("paper"), tuple(SENTENCES)),
        labels=root.each("labels", Table.trilingual),
        choices=choices,
        kinds=kinds,
        expiring=read_expiring(root, kinds),
        working_week=read_working_week(top),
    )
    top.close()
    root.close()
    if "study_office" not in university.contacts:
        problems.append("contacts.study_office: is missing")
    return university, problems


def _signatory(table: Table) -> Signatory:
    result = Signatory(post=table.trilingual("post"), name=table.trilingual("name"))
    table.close()
    return result


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


def _kind_sentences(table: Table) -> Mapping[str, Trilingual]:
    names = [name for name in table.names() if name in KIND_SENTENCES]
    result = {name: table.trilingual(name, needed=False) for name in names}
    table.close()
    return MappingProxyType(result)


def _kinds(root: Table, common: Mapping[str, Mapping[str, Noun]]) -> Mapping[str, KindWording]:
    kinds: dict[str, KindWording] = {}
    for table in root.tables("kinds"):
        wording = _kind(table, common)
        if wording.kind.id in kinds:
            table.blame("id", "is used twice")
        kinds[wording.kind.id] = wording
    if not kinds:
        root.blame("kinds", "is missing: no certificate can be issued")
    return MappingProxyType(kinds)


def _kind(table: Table, common: Mapping[str, Mapping[str, Noun]]) -> KindWording:
    labels: dict[str, Trilingual] = {}
    choices = table.each("choices", _choice_list)
    facts = tuple(_fact(fact, labels, {**common, **choices}) for fact in table.tables("facts"))
    kind = CertificateKind(
        id=table.text("id"),
        name=table.trilingual("name"),
        desk=table.text("desk"),
        desk_name=table.trilingual("desk_name"),
        languages=tuple(Language(code) for code in table.texts("languages") if _is_language(table, code)),
        validity_days=table.number("validity_days"),
        facts=facts,
    )
    wording = KindWording(
        kind=kind,
        title=table.trilingual("title"),
        subtitle=table.trilingual("subtitle"),
        openings=tuple(map(_line, table.tables("openings"))),
        lines=tuple(map(_line, table.tables("lines"))),
        endings=tuple(map(_line, table.tables("endings"))),
        sentences=_kind_sentences(table.table("paper")),
        labels=MappingProxyType(labels),
        choices=choices,
    )
    table.close()
    return wording


def _is_language(table: Table, code: str) -> bool:
    known = code in tuple(Language)
    if not known:
        table.blame("languages", f"“{code}” is not a language of the bot")
    return known


def _fact(table: Table, labels: dict[str, Trilingual], choices: Mapping[str, Mapping[str, Noun]]) -> FactRule:
    name, fact_type = table.text("name"), table.word("type", FactType, FactType.TEXT)
    rule = FactRule(
        name=name,
        type=fact_type,
        requirement=table.word("requirement", Requirement, Requirement.OPTIONAL),
        public=table.word("public", Publicity, Publicity.NO),
        choices=tuple(choices.get(name, {})) if fact_type is FactType.CHOICE else (),
    )
    if table.has("label"):
        labels[rule.name] = table.trilingual("label")
    table.close()
    return rule


def _line(table: Table) -> Line:
    """Read a line: either `text` in three languages or, for short, the `fact` that is the whole value."""
    label = table.trilingual("label", needed=table.has("label"))
    fact, form = table.text("fact", needed=False), table.text("form", needed=False)
    if fact:
        plain = f"{{{fact}}}"
        text = Trilingual(ky=f"{{{fact}|{form}}}" if form else plain, ru=plain, en=plain)
    else:
        text = table.trilingual("text")
    conditions = table.table("when")
    when = {name: conditions.texts(name) for name in conditions.names()}
    table.close()
    return Line(label=label, text=text, when=MappingProxyType(when))
