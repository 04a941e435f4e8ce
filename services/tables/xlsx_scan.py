"""A look through an XLSX file before it is opened: how large its sheets are, and which cells have no value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from services.tables.archive import Archive, member_key
from services.tables.dto import MOST_COLUMNS, MOST_ROWS, CellFlaw, FaultKind, TableUnreadable
from services.tables.xlsx_dates import ShownDate, StyleReader

_MOST_CELLS = 3_000_000  # of the rectangle that holds all cells; the reader keeps it whole
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_MARKUP = (".xml", ".rels")
_LETTERS = 26


@dataclass(slots=True)
class SheetScan:
    """What a look through a sheet has found; rows from 1, columns from 0. `dates`: cells that show a part of a date."""

    flaws: dict[tuple[int, int], CellFlaw] = field(default_factory=dict)
    dates: dict[tuple[int, int], ShownDate] = field(default_factory=dict)
    first_row: int = MOST_ROWS
    last_row: int = 0
    first_column: int = MOST_COLUMNS
    last_column: int = 0

    def take(self, row: int, column: int) -> None:
        """Note a cell that holds something; refuse a sheet that is too large."""
        if row > MOST_ROWS:
            raise TableUnreadable(FaultKind.TOO_MANY_ROWS, limit=MOST_ROWS)
        if column >= MOST_COLUMNS:
            raise TableUnreadable(FaultKind.TOO_MANY_COLUMNS, limit=MOST_COLUMNS)
        if row > self.last_row or column > self.last_column or row < self.first_row or column < self.first_column:
            self._widen(row, column)

    def _widen(self, row: int, column: int) -> None:
        self.first_row, self.last_row = min(self.first_row, row), max(self.last_row, row)
        self.first_column, self.last_column = min(self.first_column, column), max(self.last_column, column)

    def refuse_too_many(self) -> None:
        """Refuse a sheet whose cells are strewn over too large a field."""
        width = max(1, self.last_column - self.first_column + 1)
        if (self.last_row - self.first_row + 1) * width > _MOST_CELLS:
            raise TableUnreadable(FaultKind.TOO_MANY_ROWS, limit=_MOST_CELLS // width)


def scan(archive: Archive) -> dict[str, SheetScan]:
    """Unpack every member once; return what was found in each sheet, by the sheet's name.

    A sheet is what the workbook calls one, whatever the member's name looks like.
    """
    members = _members(archive)
    seen = _seen_dates(archive)
    found: dict[str, SheetScan] = {}
    for name in archive.names:
        if name in members.values():
            found[name] = _scan_sheet(archive.unpack(name), seen)
        elif name.endswith(_MARKUP):
            _feed(_parser(), archive.unpack(name))
        else:
            for _piece in archive.unpack(name):
                pass  # a picture must be as small as it says, too
    return {sheet: found[member] for sheet, member in members.items() if member in found}


class _SheetReader:
    """Hears the tags of a sheet."""

    def __init__(self, seen: Mapping[int, ShownDate]) -> None:
        self.scan = SheetScan()
        self._seen = {str(style): shown for style, shown in seen.items()}
        self._row = self._column = 0
        self._type = ""
        self._formula = self._value = self._text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear an opening tag."""
        tag = name if ":" not in name else name.rpartition(":")[2]
        if tag == "c":
            self._place(attributes.get("r", ""))
            self._type = attributes.get("t", "")
            if self._seen and (shown := self._seen.get(attributes.get("s", ""))) is not None:
                self.scan.dates[self._row, self._column] = shown
            self._formula = self._value = self._text = False
        elif tag in {"v", "is"}:
            self._value = True
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            number = attributes.get("r", "")
            self._row = int(number[:8]) if number.isdecimal() else self._row + 1
            self._column = -1

    def text(self, _data: str) -> None:
        """Hear a text; of interest is only that a formula has one."""
        self._text = self._value

    def end(self, name: str) -> None:
        """Hear a closing tag."""
        if name != "c" and not name.endswith(":c"):
            return
        if self._formula and not self._text and self._type != "str":
            self.scan.flaws[self._row, self._column] = CellFlaw.FORMULA_WITHOUT_VALUE
        elif self._type == "e":
            self.scan.flaws[self._row, self._column] = CellFlaw.ERROR
        if self._value or self._formula:
            self.scan.take(self._row, self._column)

    def _place(self, reference: str) -> None:
        """Read a reference like B7; a cell without one stands behind the cell before it."""
        letters = reference.rstrip("0123456789")
        if not letters or len(letters) == len(reference):
            self._column += 1
            return
        self._row, self._column = int(reference[len(letters) : len(letters) + 8]), _column(letters)


@lru_cache(maxsize=1_024)
def _column(letters: str) -> int:
    """Return the place of a column from 0; what is no column stands far out."""
    if not letters.isascii() or not letters.isupper() or len(letters) > len("XFD"):
        return MOST_COLUMNS
    place = 0
    for letter in letters:
        place = place * _LETTERS + ord(letter) - ord("A") + 1
    return place - 1


def _seen_dates(archive: Archive) -> dict[int, ShownDate]:
    reader, parser = StyleReader(), _parser()
    reader.listen(parser)
    if _STYLES in archive.names:
        _feed(parser, archive.unpack(_STYLES))
    return reader.seen


def _scan_sheet(pieces: Iterator[bytes], seen: Mapping[int, ShownDate]) -> SheetScan:
    reader, parser = _SheetReader(seen), _parser()
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    _feed(parser, pieces)
    reader.scan.refuse_too_many()
    return reader.scan


def _members(archive: Archive) -> dict[str, str]:
    """Return the key of the member that holds each sheet, by the sheet's name; refuse what could be read two ways."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def hear_sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            relations = [value for name, value in attributes.items() if name.rpartition(":")[2] == "id"]
            _put(sheets, attributes.get("name", ""), relations[0] if len(relations) == 1 else "")

    def hear_relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            _put(targets, attributes.get("Id", ""), _inside(attributes.get("Target", "")))

    for name, hear in ((_WORKBOOK, hear_sheet), (_RELATIONS, hear_relation)):
        parser = _parser()
        parser.StartElementHandler = hear
        if name in archive.names:
            _feed(parser, archive.unpack(name))
    return {sheet: targets.get(relation, "") for sheet, relation in sheets.items()}


def _put(found: dict[str, str], name: str, value: str) -> None:
    if name in found:
        raise TableUnreadable(FaultKind.DAMAGED)
    found[name] = value


def _inside(target: str) -> str:
    """Return the key of the member that a relationship of the workbook names, as the reader finds it."""
    return member_key(
        target[1:] if target.startswith("/xl/") else target if target.startswith("xl/") else f"xl/{target}"
    )


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_declaration: object) -> None:
    """Refuse what no spreadsheet has: with a document type come entities that unfold without end."""
    raise TableUnreadable(FaultKind.DAMAGED)


def _feed(parser: expat.XMLParserType, pieces: Iterator[bytes]) -> None:
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 -- expat's own parameter
        parser.Parse(b"", True)  # noqa: FBT003 -- as above
    except expat.ExpatError as error:
        raise TableUnreadable(FaultKind.DAMAGED) from error
