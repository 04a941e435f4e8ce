"""What may prove a report: recognised by its content, never by its name."""

import re
import struct
import zipfile
from io import BytesIO
from urllib.parse import urlsplit

from services.duties.errors import EvidenceForbidden, EvidenceTooLarge, LinkUnusable
from services.duties.evidence_dto import EvidenceKind, KnownEvidence, SentEvidence

#: What Telegram lets a bot fetch, and what a whole report may hold.
LARGEST_MEGABYTES = 20
LARGEST_REPORT_MEGABYTES = 40
MOST_PIECES = 10
LONGEST_LINK = 500
_MEGABYTE = 1024 * 1024
_LONGEST_NAME = 100
_PDF_WITHIN = 1024  # readers look so far for the beginning
_MOST_MEMBERS = 5_000
_END_OF_ARCHIVE = b"PK\x05\x06"
_END_LENGTH = 22
_LONGEST_COMMENT = 65_535
_TEXTS = {"txt": "text/plain", "csv": "text/csv"}
_OFFICE = {
    "word/document.xml": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
_OPEN = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_IMAGES = ((b"\xff\xd8\xff", "jpg", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "png", "image/png"))
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"<?php", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_ENDINGS = {"jpg": ("jpg", "jpeg")}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]")
_HOST = re.compile(r"[^\s.]+(\.[^\s.]+)+")


def examine(sent: SentEvidence) -> KnownEvidence:
    """Return what a piece of evidence is, or refuse it: documents, tables, presentations, pictures, texts, links."""
    if sent.kind is EvidenceKind.LINK:
        return KnownEvidence(kind=sent.kind, url=read_link(sent.url))
    if len(sent.content) > LARGEST_MEGABYTES * _MEGABYTE:
        raise EvidenceTooLarge(LARGEST_MEGABYTES)
    found = _type_of(sent.content, sent.name)
    if found is None or (sent.kind is EvidenceKind.PHOTO and not found[1].startswith("image/")):
        raise EvidenceForbidden
    ending, mime = found
    return KnownEvidence(kind=sent.kind, name=_named(sent.name, ending), mime=mime)


def check_sizes(sizes: list[int]) -> None:
    """Refuse what is too much for one report."""
    if sum(sizes) > LARGEST_REPORT_MEGABYTES * _MEGABYTE:
        raise EvidenceTooLarge(LARGEST_REPORT_MEGABYTES)


def read_link(text: str) -> str:
    """Return an address that a browser opens, or refuse the text."""
    url = text.strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        raise LinkUnusable from error
    usable = parts.scheme in {"http", "https"} and _HOST.fullmatch(host) and parts.username is None
    if not usable or len(url) > LONGEST_LINK or re.search(r"\s", url):
        raise LinkUnusable
    return url


def looks_like_link(text: str) -> bool:
    """Tell whether somebody means an address."""
    return text.strip().casefold().startswith(("http://", "https://", "www."))


def _type_of(content: bytes, name: str) -> tuple[str, str] | None:
    """Return ending and media type; None for what is not taken."""
    if content.startswith(_PROGRAMS):
        return None
    if content.startswith(b"PK"):
        return _office_type(content)
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return "pdf", "application/pdf"
    ending = name.rpartition(".")[2].casefold()
    text = (ending, _TEXTS[ending]) if ending in _TEXTS and _is_text(content) else None
    return _picture_type(content) or text


def _picture_type(content: bytes) -> tuple[str, str] | None:
    for beginning, ending, mime in _IMAGES:
        if content.startswith(beginning):
            return ending, mime
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp", "image/webp"
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:  # as telephones of Apple take pictures
        return "heic", "image/heic"
    return None


def _office_type(content: bytes) -> tuple[str, str] | None:
    """Return what an archive is as a document; one with macros is none, nor is any other archive."""
    if not 0 < _members(content) <= _MOST_MEMBERS:
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {name.replace("\\", "/").casefold() for name in archive.namelist()}
            first = archive.infolist()[0]
            if first.filename == "mimetype" and first.file_size < _LONGEST_NAME:
                mime = archive.read(first).decode("ascii", "replace")
                ending = _OPEN.get(mime)
                return (ending, mime) if ending and not any(name.startswith("basic/") for name in names) else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, struct.error, ValueError, OSError):
        return None
    if any(name.endswith(("vbaproject.bin", ".exe", ".dll")) for name in names):
        return None
    return next((found for main, found in _OFFICE.items() if main in names), None)


def _members(content: bytes) -> int:
    """Return how many members an archive says it has, before anything of it is read; 0 for a damaged one."""
    place = content.rfind(_END_OF_ARCHIVE, max(0, len(content) - _LONGEST_COMMENT - _END_LENGTH))
    if place < 0 or place + _END_LENGTH > len(content):
        return 0
    (count, size) = struct.unpack_from("<HxxxxxxxxH", content, place + 10)
    return 0 if size > _LONGEST_COMMENT else int(count)


def _is_text(content: bytes) -> bool:
    if not content:
        return False
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1251"):
        try:
            return not _CONTROL.search(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False


def _named(name: str, ending: str) -> str:
    """Return a name that harms nobody and ends as the content is."""
    clean = _UNSAFE.sub("_", name).strip(" .") or "file"
    if clean.rpartition(".")[2].casefold() in _ENDINGS.get(ending, (ending,)):
        clean = clean.rpartition(".")[0] or "file"
    return f"{clean[:_LONGEST_NAME]}.{ending}"
