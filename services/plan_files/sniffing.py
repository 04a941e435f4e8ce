"""What make of file the bytes are; what cannot be read is refused by its name."""

from enum import Enum, auto

from services.plan_files.errors import PlanFault, PlanFileUnreadable
from services.tables.archive import Archive
from services.tables.beginnings import ZIP, Foreign, foreign_of, is_blank

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    Foreign.PROGRAM: PlanFault.PROGRAM,
    Foreign.PDF: PlanFault.PDF,
    Foreign.OLE: PlanFault.OLD_FORMAT,
    Foreign.RTF: PlanFault.OTHER_OFFICE,
    Foreign.PICTURE: PlanFault.PICTURE,
    Foreign.EMPTY_ARCHIVE: PlanFault.EMPTY,
    Foreign.ARCHIVE: PlanFault.NOT_A_PLAN_FILE,
    Foreign.WEB_PAGE: PlanFault.OTHER_OFFICE,
}
#: Beginnings of pictures that a table of people may have as well, but no plan.
_PICTURES = (b"BM", b"RIFF")
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
    if is_blank(content):
        raise PlanFileUnreadable(PlanFault.EMPTY)
    if content.startswith(ZIP):
        return _make_of_archive(content)
    if (foreign := foreign_of(content)) is not None:
        locked = foreign is Foreign.OLE and _ENCRYPTED in content
        raise PlanFileUnreadable(PlanFault.PROTECTED if locked else _FOREIGN[foreign])
    if content.startswith(_PICTURES):
        raise PlanFileUnreadable(PlanFault.PICTURE)
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
