"""The outside of an XLSX or DOCX file: a ZIP archive not to be trusted until it was unpacked once, in small pieces."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from services.tables.dto import FaultKind, TableUnreadable

_MEGABYTE = 1024 * 1024
_MOST_UNPACKED = 300 * _MEGABYTE
_LARGEST_MEMBER = 150 * _MEGABYTE
_LARGEST_RATIO = 300  # a table full of equal cells packs to a hundredth
_HARMLESS = 20 * _MEGABYTE  # the ratio says nothing of what is small
_MOST_MEMBERS = 2_000
_PIECE = 64 * 1024
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1
_WORKBOOK = "xl/workbook.xml"
#: What makes an archive a table of another kind; beside a workbook it is there to be read in its place.
_OTHER_BOOKS = frozenset({"xl/workbook.bin", "content.xml"})


class Archive:
    """The members of an office file, each no larger than it says; names are told apart without case, as readers do."""

    def __init__(self, content: bytes, *, main: str | None = _WORKBOOK) -> None:
        """Open the archive; refuse what is none, is locked, would unpack to too much, or lacks the member `main`."""
        self._content = content
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                self._members = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, struct.error, ValueError, OSError) as error:
            raise TableUnreadable(FaultKind.DAMAGED) from error
        self._refuse_bombs()
        self._by_name = {member_key(member.filename): member for member in self._members}
        if len(self._by_name) != len(self._members):
            raise TableUnreadable(FaultKind.DAMAGED)
        if main is not None and main not in self._by_name:
            raise TableUnreadable(FaultKind.NOT_A_TABLE)
        if any(member.filename != member.orig_filename for member in self._members):  # cut off at a zero byte
            raise TableUnreadable(FaultKind.DAMAGED)
        if main == _WORKBOOK and not _OTHER_BOOKS.isdisjoint(self._by_name):
            raise TableUnreadable(FaultKind.DAMAGED)

    @property
    def names(self) -> list[str]:
        """The keys of all members."""
        return list(self._by_name)

    def unpack(self, name: str) -> Iterator[bytes]:
        """Yield a member in pieces by its key; refuse one that holds more or less than the archive says."""
        member = self._by_name[name]
        packed = self._packed(member)
        if member.compress_type == zipfile.ZIP_STORED:
            if len(packed) != member.file_size:
                raise TableUnreadable(FaultKind.DAMAGED)
            yield from (bytes(packed[start : start + _PIECE]) for start in range(0, len(packed), _PIECE))
            return
        yield from self._inflate(packed, member.file_size)

    def _inflate(self, packed: memoryview, said: int) -> Iterator[bytes]:
        machine, size = zlib.decompressobj(-zlib.MAX_WBITS), 0
        try:
            for start in range(0, len(packed), _PIECE):
                rest: bytes | memoryview = packed[start : start + _PIECE]
                full = True
                while rest or full:
                    piece = machine.decompress(rest, _PIECE)
                    rest, full = machine.unconsumed_tail, len(piece) == _PIECE
                    size += len(piece)
                    if size > said:
                        raise TableUnreadable(FaultKind.UNPACKS_TOO_LARGE)
                    yield piece
        except zlib.error as error:
            raise TableUnreadable(FaultKind.DAMAGED) from error
        if size != said or not machine.eof:
            raise TableUnreadable(FaultKind.DAMAGED)

    def _packed(self, member: zipfile.ZipInfo) -> memoryview:
        """Return a member's packed bytes; only the two ways of packing that spreadsheets use are known."""
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise TableUnreadable(FaultKind.DAMAGED)
        header = self._content[member.header_offset : member.header_offset + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER:
            raise TableUnreadable(FaultKind.DAMAGED)
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        begin = member.header_offset + _LOCAL_HEADER + name_length + extra_length
        return memoryview(self._content)[begin : begin + member.compress_size]

    def _refuse_bombs(self) -> None:
        if any(member.flag_bits & _ENCRYPTED for member in self._members):
            raise TableUnreadable(FaultKind.PROTECTED)
        unpacked = sum(member.file_size for member in self._members)
        if (
            len(self._members) > _MOST_MEMBERS
            or unpacked > _MOST_UNPACKED
            or max((member.file_size for member in self._members), default=0) > _LARGEST_MEMBER
            or unpacked > max(_HARMLESS, _LARGEST_RATIO * len(self._content))
        ):
            raise TableUnreadable(FaultKind.UNPACKS_TOO_LARGE, limit=_MOST_UNPACKED // _MEGABYTE)


def member_key(name: str) -> str:
    """Return what the spellings of a member's name have in common for those who open it."""
    return name.replace("\\", "/").casefold()
