"""What may prove a report: known by its content, never by its name."""

import zipfile
from io import BytesIO

import pytest

from services.duties.errors import EvidenceForbidden, EvidenceTooLarge, LinkUnusable
from services.duties.evidence import LARGEST_MEGABYTES, check_sizes, examine, looks_like_link, read_link
from services.duties.evidence_dto import EvidenceKind, SentEvidence


def archive(*names: str, first: tuple[str, str] | None = None) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        if first:
            zipped.writestr(*first)
        for name in names:
            zipped.writestr(name, "<x/>")
    return content.getvalue()


def sent(content: bytes, name: str = "файл", kind: EvidenceKind = EvidenceKind.FILE) -> SentEvidence:
    return SentEvidence(kind=kind, name=name, content=content)


TYPES = "[Content_Types].xml"
ODT = ("mimetype", "application/vnd.oasis.opendocument.text")
GOOD = {
    "pdf": b"%PDF-1.4 ...",
    "jpg": b"\xff\xd8\xff\xe0",
    "png": b"\x89PNG\r\n\x1a\n",
    "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "heic": b"\x00\x00\x00\x18ftypheic",
    "docx": archive(TYPES, "word/document.xml"),
    "xlsx": archive(TYPES, "xl/workbook.xml"),
    "pptx": archive(TYPES, "ppt/presentation.xml"),
    "odt": archive("content.xml", first=ODT),
}
BAD = {
    "program": b"MZ\x90\x00",
    "elf": b"\x7fELF\x02",
    "script": b"#!/bin/sh\nrm",
    "archive": archive("a.txt"),
    "macros": archive(TYPES, "word/document.xml", "word/vbaProject.bin"),
    "program inside": archive(TYPES, "word/document.xml", "setup.EXE"),
    "damaged archive": archive(TYPES, "word/document.xml")[:-30],
    "old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "nothing": b"",
    "page": b"<html><script>",
}


@pytest.mark.parametrize("ending", GOOD)
@pytest.mark.parametrize("name", ["баяндама", "x.exe", "../../etc/passwd", "a" * 300, "\u202egnp.cod"])
def test_good_files_are_taken_whatever_their_name_and_end_as_they_are(ending: str, name: str) -> None:
    known = examine(sent(GOOD[ending], name))
    assert known.name.endswith(f".{ending}")
    assert not set('/\\:*?"<>|\u202e') & set(known.name)
    assert len(known.name) < 120
    assert known.mime


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("name", ["report.pdf", "report.docx", "photo.jpg", "x"])
def test_programs_archives_and_macros_are_refused_whatever_their_name(what: str, name: str) -> None:
    with pytest.raises(EvidenceForbidden):
        examine(sent(BAD[what], name))


@pytest.mark.parametrize(
    ("content", "name", "taken"),
    [
        ("катышуучулар;12".encode(), "тизме.csv", True),
        ("список".encode("cp1251"), "a.TXT", True),
        ("тизме".encode("utf-16"), "a.txt", True),
        (b"MZ\x00\x01", "a.txt", False),
        (b"\x00\x01\x02", "a.csv", False),
        (b"text", "a.bat", False),
    ],
)
def test_texts_are_taken_by_name_and_content(content: bytes, name: str, taken: bool) -> None:
    if taken:
        assert examine(sent(content, name)).mime.startswith("text/")
        return
    with pytest.raises(EvidenceForbidden):
        examine(sent(content, name))


def test_name_keeps_its_own_ending_once() -> None:
    assert examine(sent(GOOD["jpg"], "сүрөт.JPEG")).name == "сүрөт.jpg"
    assert examine(sent(GOOD["pdf"], "")).name == "file.pdf"


def test_photo_is_a_picture() -> None:
    with pytest.raises(EvidenceForbidden):
        examine(sent(GOOD["pdf"], "photo.jpg", EvidenceKind.PHOTO))


def test_sizes_have_limits() -> None:
    with pytest.raises(EvidenceTooLarge):
        examine(sent(bytes(LARGEST_MEGABYTES * 1024 * 1024 + 1)))
    megabytes = 1024 * 1024
    check_sizes([20 * megabytes, 20 * megabytes])
    with pytest.raises(EvidenceTooLarge):
        check_sizes([20 * megabytes, 20 * megabytes, 1])


@pytest.mark.parametrize("url", ["https://kstu.kg/a?b=1", "http://сайт.кг/", " https://a.b "])
def test_links_that_a_browser_opens(url: str) -> None:
    assert read_link(url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "ftp://a.b/c", "https://", "https://localhost", "https://user@kstu.kg", "kstu.kg",
        "https://a.b c", "https://[::1", "https://a.b/" + "x" * 500,
    ],
)  # fmt: skip
def test_links_that_are_none(url: str) -> None:
    with pytest.raises(LinkUnusable):
        read_link(url)


def test_address_is_known_by_its_beginning() -> None:
    assert looks_like_link(" HTTPS://x")
    assert not looks_like_link("Аткарылды")
