"""What bytes are by how they begin, whatever their name says; what is made of it is for who reads tables or plans."""

from enum import Enum, auto

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Foreign(Enum):
    """Kinds of files that are neither text nor an archive with something in it."""

    PROGRAM = auto()
    PDF = auto()
    OLE = auto()  # older Office files, and files with a password
    RTF = auto()
    PICTURE = auto()
    EMPTY_ARCHIVE = auto()
    ARCHIVE = auto()
    WEB_PAGE = auto()


_BEGINNINGS = (
    (b"MZ", Foreign.PROGRAM),
    (b"\x7fELF", Foreign.PROGRAM),
    (b"%PDF", Foreign.PDF),
    (OLE, Foreign.OLE),
    (b"{\\rtf", Foreign.RTF),
    (b"\x89PNG", Foreign.PICTURE),
    (b"\xff\xd8\xff", Foreign.PICTURE),
    (b"GIF8", Foreign.PICTURE),
    (b"II*\x00", Foreign.PICTURE),
    (b"MM\x00*", Foreign.PICTURE),
    (b"PK\x05\x06", Foreign.EMPTY_ARCHIVE),
    (b"Rar!", Foreign.ARCHIVE),
    (b"7z\xbc\xaf", Foreign.ARCHIVE),
    (b"\x1f\x8b", Foreign.ARCHIVE),
)
_WEB_PAGES = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body", b"mime-version")
_BLANKS = b"\xef\xbb\xbf \r\n\t"


def foreign_of(content: bytes) -> Foreign | None:
    """Tell what other kind of file it is; None for what may be text, or an archive that must be looked into."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    return Foreign.WEB_PAGE if content.lstrip(_BLANKS)[:16].lower().startswith(_WEB_PAGES) else None


def is_blank(content: bytes) -> bool:
    """Tell whether there is nothing but blanks."""
    return not content.strip(_BLANKS)
