"""The queue as sheets of a workbook: a sheet for each kind, a row for each request, a column for each fact to enter."""

from datetime import date

from aiogram.utils.i18n import gettext as _

from handlers.common.languages import language_name
from handlers.common.reader import Reader
from services.certificates.dto import CertificateKind, FactRule, FactType, Requirement, Source
from services.certificates.fields import rows_of
from services.desk_sheets.dto import SheetEntry, TakenQueue
from services.desk_sheets.headings import HEADINGS, YES, SheetColumn
from services.desk_sheets.reading import unmistakable
from services.tables.dto import FormColumn, FormSheet

_NARROW, _USUAL, _WIDE = 9, 18, 34
_WIDE_TYPES = frozenset({FactType.TABLE, FactType.TEXT})


def queue_sheets(queue: TakenQueue, reader: Reader) -> list[FormSheet]:
    """Return the sheets of a queue in the words of who reads them."""
    return [_sheet(kind, entries, reader) for kind, entries in queue.kinds]


def _sheet(kind: CertificateKind, entries: tuple[SheetEntry, ...], reader: Reader) -> FormSheet:
    rules = kind.facts_from(Source.DESK)
    columns = (
        _own(SheetColumn.REQUEST, reader, width=_NARROW, fixed=True),
        _own(SheetColumn.VERSION, reader, width=_NARROW, fixed=True),
        FormColumn(heading=_("Name of the person"), width=_WIDE, fixed=True),
        FormColumn(heading=_("Number of the card"), width=_USUAL, fixed=True),
        FormColumn(heading=_("Language of the certificate"), width=_USUAL, fixed=True),
        FormColumn(heading=_("Promised by"), width=_USUAL, fixed=True),
        FormColumn(heading=_("What the person gave"), width=_WIDE, fixed=True),
        *(_fact_column(kind, rule, rules, reader) for rule in rules),
        _own(SheetColumn.REFUSAL, reader, width=_WIDE),
        _own(SheetColumn.APPROVAL, reader, width=_NARROW + 3, choices=(YES.get(reader.language),)),
    )
    rows = tuple(_row(kind, rules, entry, reader) for entry in entries)
    return FormSheet(title=kind.name.get(reader.language), columns=columns, rows=rows)


def _own(
    column: SheetColumn, reader: Reader, *, width: int, fixed: bool = False, choices: tuple[str, ...] = ()
) -> FormColumn:
    heading = HEADINGS[column].get(reader.language)
    noted = f"{heading}\n({choices[0]})" if choices else heading
    return FormColumn(heading=noted, width=width, fixed=fixed, choices=choices)


def _fact_column(kind: CertificateKind, rule: FactRule, rules: tuple[FactRule, ...], reader: Reader) -> FormColumn:
    label = reader.words.label(kind.id, rule.name, reader.language)
    alike = [one for one in rules if reader.words.label(kind.id, one.name, reader.language) == label]
    heading = label if len(alike) == 1 else unmistakable(label, rule.name)
    choices: tuple[str, ...] = ()
    if rule.type is FactType.CHOICE:
        choices = tuple(reader.words.choice(kind.id, rule.name, key, reader.language) for key in rule.choices)
    return FormColumn(
        heading=f"{heading}\n({_note(kind, rule, choices, reader)})",
        width=_WIDE if rule.type in _WIDE_TYPES else _USUAL,
        choices=choices,
    )


def _note(kind: CertificateKind, rule: FactRule, choices: tuple[str, ...], reader: Reader) -> str:
    """Return what is allowed in a column, and whether it may stay empty."""
    hint = reader.words.hint(kind.id, rule.name, reader.language)
    notes = [hint or _form(kind, rule, choices, reader)]
    if rule.needed_when:
        notes.append(_("only if the other answers need it"))
    elif rule.requirement is Requirement.OPTIONAL:
        notes.append(_("may stay empty"))
    return "; ".join(notes)


def _form(kind: CertificateKind, rule: FactRule, choices: tuple[str, ...], reader: Reader) -> str:
    """Return what a value looks like."""
    if rule.type is FactType.CHOICE:
        return _("one of: {choices}").format(choices=" | ".join(choices))
    if rule.type is FactType.TABLE:
        heads = "; ".join(
            reader.words.head(kind.id, rule.name, column.name, reader.language) for column in rule.columns
        )
        return _("a line for each row (Alt+Enter): {columns}").format(columns=heads)
    forms = {
        FactType.DATE: _("a day like 21.11.2026"),
        FactType.NUMBER: _("a number like 85.5") if rule.decimals else _("a whole number"),
        FactType.MONEY: _("an amount like 2400.50"),
        FactType.ACADEMIC_YEAR: _("an academic year like 2025-26"),
        FactType.COUNTRY: _("the name of a country"),
        FactType.TEXT: _("in the language of the certificate"),
    }
    return forms[rule.type]


def _row(kind: CertificateKind, rules: tuple[FactRule, ...], entry: SheetEntry, reader: Reader) -> tuple[str, ...]:
    request = entry.request
    return (
        str(request.id),
        str(request.version),
        entry.person_name,
        entry.person_no,
        language_name(request.language),
        f"{request.promised_on:%d.%m.%Y}" if request.promised_on else "",
        _asked(kind, entry, reader),
        *(_typed(kind, rule, request.entered.get(rule.name, ""), reader) for rule in rules),
        "",
        "",
    )


def _asked(kind: CertificateKind, entry: SheetEntry, reader: Reader) -> str:
    """Return what the person gave, a line for each fact."""
    asked, words, language = entry.request.asked, reader.words, reader.language
    return "\n".join(
        f"{words.label(kind.id, rule.name, language)}: {words.value(kind.id, rule, asked[rule.name], language)}"
        for rule in kind.facts_from(Source.ASKED)
        if asked.get(rule.name)
    )


def _typed(kind: CertificateKind, rule: FactRule, stored: str, reader: Reader) -> str:
    """Return a value as it could be typed, so that a row that is sent back untouched says the same."""
    if not stored:
        return ""
    if rule.type is FactType.DATE:
        return f"{date.fromisoformat(stored):%d.%m.%Y}"
    if rule.type is FactType.CHOICE:
        return reader.words.choice(kind.id, rule.name, stored, reader.language)
    if rule.type is FactType.TABLE:
        return "\n".join(_line(kind, rule, cells, reader) for cells in rows_of(stored))
    return stored


def _line(kind: CertificateKind, rule: FactRule, cells: list[str], reader: Reader) -> str:
    """Return a row of a table with semicolons between its values; with tabs, where a value holds one itself."""
    values = [
        reader.words.choice(kind.id, column.name, cell, reader.language) if column.type is FactType.CHOICE else cell
        for column, cell in zip(rule.columns, cells, strict=True)
    ]
    return "\t".join(values) if any(";" in value for value in values) else "; ".join(values)
