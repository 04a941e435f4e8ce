"""What make of file the bytes are; what cannot be read is refused by its name."""

from enum import Enum, auto

from services.plan_files.errors import PlanFault, PlanFileUnreadable
from services.tables.archive import Archive

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = (
    (b"MZ", PlanFault.PROGRAM),
    (b"\x7fELF", PlanFault.PROGRAM),
    (b"%PDF", PlanFault.PDF),
    (b"{\\rtf", PlanFault.OTHER_OFFICE),
    (b"\x89PNG", PlanFault.PICTURE),
    (b"\xff\xd8\xff", PlanFault.PICTURE),
    (b"GIF8", PlanFault.PICTURE),
    (b"II*\x00", PlanFault.PICTURE),
    (b"MM\x00*", PlanFault.PICTURE),
    (b"BM", PlanFault.PICTURE),
    (b"RIFF", PlanFault.PICTURE),
    (b"PK\x05\x06", PlanFault.EMPTY),  # an archive without members
    (b"Rar!", PlanFault.NOT_A_PLAN_FILE),
    (b"7z\xbc\xaf", PlanFault.NOT_A_PLAN_FILE),
    (b"\x1f\x8b", PlanFault.NOT_A_PLAN_FILE),
)
_WEB_PAGES = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body", b"mime-version")
_MACROS = "vbaproject.bin"


class FileMake(Enum):
    """The programs whose files are read."""

    WORD = auto()
    EXCEL = auto()
    CSV = auto()


def make_of(content: bytes) -> FileMake:
    """Tell the make of a file.

    Raises:
        PlanFileUnreadable: it is of a make that is not read.
        TableUnreadable: its archive is damaged, locked or too large.
    """
    if not content.strip(b"\xef\xbb\xbf \r\n\t"):
        raise PlanFileUnreadable(PlanFault.EMPTY)
    if content.startswith(_ZIP):
        return _make_of_archive(content)
    if content.startswith(_OLE):
        raise PlanFileUnreadable(PlanFault.PROTECTED if _ENCRYPTED in content else PlanFault.OLD_FORMAT)
    for beginning, fault in _FOREIGN:
        if content.startswith(beginning):
            raise PlanFileUnreadable(fault)
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:16].lower().startswith(_WEB_PAGES):
        raise PlanFileUnreadable(PlanFault.OTHER_OFFICE)
    return FileMake.CSV


def _make_of_archive(content: bytes) -> FileMake:
    names = Archive(content, main=None).names
    if any(name.rpartition("/")[2] == _MACROS for name in names):
        raise PlanFileUnreadable(PlanFault.MACROS)
    if any(name.startswith("word/") for name in names):
        return FileMake.WORD
    if "xl/workbook.xml" in names:
        return FileMake.EXCEL
    if "content.xml" in names or "xl/workbook.bin" in names:
        raise PlanFileUnreadable(PlanFault.OTHER_OFFICE)
    raise PlanFileUnreadable(PlanFault.NOT_A_PLAN_FILE)
