"""A plan's own Word file back, with one more column; nothing else in it is changed."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from lxml import etree
from lxml.etree import _Element as Element

from services.plan_files.dto import Place
from services.plan_files.errors import PlanFault, PlanFileUnreadable
from services.plan_files.faults import as_plan_fault
from services.plan_files.sniffing import FileMake, make_of
from services.plan_files.word_columns import StatusColumn
from services.plan_files.word_xml import has_strict_names, main_member, parse, read, tables, with_strict_names
from services.tables.archive import Archive, member_key
from services.tables.dto import TableUnreadable


def write_status(content: bytes, statuses: Mapping[Place, str], heading: str) -> bytes:
    """Return a Word file with a column `heading` at the right of each table in which an item of `statuses` stands.

    `statuses`: what is written beside each item, by its place; items that are not named get an empty cell. A column of
    the same heading that stands there already is filled anew.

    Raises:
        PlanFileUnreadable: the bytes are no Word file.
    """
    try:
        if make_of(content) is not FileMake.WORD:
            raise PlanFileUnreadable(PlanFault.NOT_A_PLAN_FILE)
        archive = Archive(content, main=None)
        main = main_member(archive)
        text = read(archive, main)
        root = parse(text)
        by_table: dict[int, dict[int, str]] = {}
        for place, status in statuses.items():
            by_table.setdefault(place.table, {})[place.row] = status
        for number, table in enumerate(tables(root)):
            if number in by_table:
                StatusColumn(table, heading).fill(by_table[number])
        return _packed(content, archive, main, _written(root, is_strict=has_strict_names(text)))
    except TableUnreadable as error:
        raise as_plan_fault(error) from error


def _written(root: Element, *, is_strict: bool) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return with_strict_names(written) if is_strict else written


def _packed(content: bytes, archive: Archive, main: str, text: bytes) -> bytes:
    """Return the archive with another text; its other members are copied."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            key = member_key(member.filename)
            copy = zipfile.ZipInfo(member.filename, member.date_time)
            copy.compress_type, copy.external_attr = zipfile.ZIP_DEFLATED, member.external_attr
            new.writestr(copy, text if key == main else read(archive, key))
    return packed.getvalue()
