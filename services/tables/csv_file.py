"""CSV as office programs write it: any usual encoding and delimiter."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator

from services.tables.cells import clean, clean_lines, typed_flaw
from services.tables.dto import MOST_COLUMNS, MOST_ROWS, FaultKind, RawRow, Sheet, TableUnreadable

_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_DELIMITERS = ",;\t"
_LONGEST_LINE = 500_000
_SAMPLE = 64 * 1024
_SAMPLE_LINES = 20
_UTF8_PAIR = re.compile(rb"[\xd0\xd1\xd2\xd3][\x80-\xbf]")  # a Cyrillic letter in UTF-8
_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def read_csv(content: bytes, understands: Callable[[str], bool], *, lines: bool = False) -> Sheet:
    """Return the one sheet of a CSV file; `understands` tells headings, by which the delimiter is found.

    `lines`: cells keep their lines.
    """
    text = _decode(content)
    if not text.strip(" \t\r\n,;\ufeff"):
        raise TableUnreadable(FaultKind.EMPTY)
    return Sheet(name="", rows=_rows(text, _delimiter(text[:_SAMPLE], understands), lines=lines), shifts=True)


def _rows(text: str, delimiter: str, *, lines: bool) -> Iterator[RawRow]:
    reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
    try:
        for number, written in enumerate(reader, start=1):
            cells = [clean_lines(cell) if lines else clean(cell) for cell in written]
            if not any(cells):
                continue
            if number > MOST_ROWS:
                raise TableUnreadable(FaultKind.TOO_MANY_ROWS, limit=MOST_ROWS)
            if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
                raise TableUnreadable(FaultKind.TOO_MANY_COLUMNS, limit=MOST_COLUMNS)
            flaws = {place: flaw for place, cell in enumerate(cells) if cell and (flaw := typed_flaw(cell))}
            yield RawRow(number, cells, flaws)
    except csv.Error as error:
        raise TableUnreadable(FaultKind.NOT_CSV) from error


def _lines(text: str) -> Iterator[str]:
    """Yield the lines; refuse one that would become millions of cells."""
    for line in io.StringIO(text, newline=""):
        if len(line) > _LONGEST_LINE:
            raise TableUnreadable(FaultKind.NOT_CSV)
        yield line


def _decode(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _decoded(content[len(mark) :], encoding)
    if b"\0" in content:
        raise TableUnreadable(FaultKind.NOT_A_TABLE)
    try:
        return content.decode()
    except UnicodeDecodeError:
        if 2 * len(_UTF8_PAIR.findall(content)) > len(_NOT_ASCII.findall(content)) // 2:  # UTF-8 with a spoiled letter
            raise TableUnreadable(FaultKind.LETTERS) from None
        return _decoded(content, "cp1251")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise TableUnreadable(FaultKind.LETTERS) from None
    if "\0" in text:
        raise TableUnreadable(FaultKind.NOT_A_TABLE)
    return text


def _delimiter(sample: str, understands: Callable[[str], bool]) -> str:
    """Return the delimiter under which a line says the most headings; several in doubt: that of most columns."""
    lines = [line for line in sample.splitlines() if line.strip(" \t,;")][:_SAMPLE_LINES]

    def score(delimiter: str) -> tuple[int, int]:
        parts = [[cell.strip(' "') for cell in line.split(delimiter)] for line in lines]
        return max(sum(map(understands, cells)) for cells in parts), max(map(len, parts))

    return max(_DELIMITERS, key=score)
