"""Files that are no plan: each is refused by what is wrong with it."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

import pytest

from services.plan_files.errors import PlanFault, PlanFileUnreadable
from services.plan_files.reading import read_plan
from services.plan_files.writing import write_status
from services.tables.dto import FILE_LIMIT
from tests.support.plans import YEAR, WordTable, comma_separated, excel, word

PLAN = WordTable([("Activity", "Deadline", "Responsible"), ("A", "May 2026", "Dean")])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
TYPES = "[Content_Types].xml"


def packed(members: Mapping[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_member(name: str, member: bytes) -> bytes:
    return packed(unpacked(word(PLAN)) | {name: member})


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'
FAULTS = {
    "empty": (b" \r\n", PlanFault.EMPTY),
    "too large": (b"1" * (FILE_LIMIT + 1), PlanFault.TOO_LARGE),
    "program": (b"MZ\x90\x00", PlanFault.PROGRAM),
    "pdf": (b"%PDF-1.7 scan", PlanFault.PDF),
    "photo": (b"\xff\xd8\xff\xe0", PlanFault.PICTURE),
    "old word": (OLE + "WordDocument".encode("utf-16-le"), PlanFault.OLD_FORMAT),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), PlanFault.PROTECTED),
    "rtf": (b"{\\rtf1 plan}", PlanFault.OTHER_OFFICE),
    "odt": (packed({"mimetype": b"odt", "content.xml": b"<a/>"}), PlanFault.OTHER_OFFICE),
    "web page": (b"<html><table></table></html>", PlanFault.OTHER_OFFICE),
    "macros": (with_member("word/vbaProject.bin", b"macro"), PlanFault.MACROS),
    "cut off": (word(PLAN)[:-500], PlanFault.DAMAGED),
    "broken xml": (with_member("word/document.xml", b"<w:document"), PlanFault.DAMAGED),
    "entities": (with_member("word/document.xml", ENTITIES), PlanFault.DAMAGED),
    "bomb": (with_member("word/media/a.bin", bytes(60_000_000)), PlanFault.UNPACKS_TOO_LARGE),
    "other archive": (packed({"readme.txt": b"hello"}), PlanFault.NOT_A_PLAN_FILE),
    "word without tables": (word("План"), PlanFault.NO_TABLES),
    "no plan table": (word(WordTable([("Name", "Phone"), ("Aizada", "0700")])), PlanFault.NO_PLAN_TABLE),
    "a list of staff": (comma_separated([["Name", "Phone"], ["Aizada", "0700"]]), PlanFault.NO_PLAN_TABLE),
    "posts and names": (word(WordTable([("Ректор", "Асанов А."), ("Декан", "Усенов У.")])), PlanFault.NO_PLAN_TABLE),
    "prose": (b"hello world\nthis is text, in May 2026\n", PlanFault.NO_PLAN_TABLE),
    "empty workbook": (excel(("Sheet", [], [])), PlanFault.EMPTY),
    "heading only": (word(WordTable(PLAN.rows[:1])), PlanFault.NO_ROWS),
    "formulas only": (
        excel(("Plan", [*PLAN.rows[:1], ["=A1", "=TODAY()", "=B1"], ["=A2", "=TODAY()", "=B2"]], [])),
        PlanFault.FORMULAS,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_no_plan_is_refused(name: str) -> None:
    content, fault = FAULTS[name]
    with pytest.raises(PlanFileUnreadable) as refusal:
        read_plan(content, YEAR)
    assert refusal.value.fault is fault


def test_two_columns_that_claim_the_deadline_are_named() -> None:
    table = [("№", "Мероприятие", "Дата проведения", "Срок сдачи", "Отдел"), ("1", "А", "октябрь", "ноябрь", "Б")]
    with pytest.raises(PlanFileUnreadable) as refusal:
        read_plan(word(WordTable(table)), YEAR)
    assert refusal.value.fault is PlanFault.CONTRADICTING_HEADINGS
    assert refusal.value.names == ("Дата проведения", "Срок сдачи")


def test_a_column_that_is_left_empty_claims_nothing() -> None:
    table = [("Мероприятие", "Срок", "Дата исполнения", "Ответственный"), ("А", "май", "", "Б")]
    assert [row.deadline for row in read_plan(word(WordTable(table)), YEAR).rows] == ["май"]


def test_statuses_are_written_into_word_files_only() -> None:
    for content in (excel(("S", PLAN.rows, [])), b"Activity,Deadline\nA,May\n"):
        with pytest.raises(PlanFileUnreadable):
            write_status(content, {}, "Status")
    with pytest.raises(PlanFileUnreadable) as refusal:
        write_status(word(PLAN)[:-500], {}, "Status")
    assert refusal.value.fault is PlanFault.DAMAGED
