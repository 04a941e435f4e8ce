"""Pictures of certificates: which files are pictures, told by their first bytes, and what was seen in one."""

from dataclasses import dataclass
from enum import StrEnum

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GIF = b"GIF8"
_TIFF = (b"II*\x00", b"MM\x00*")
_WEBP = (b"RIFF", b"WEBP")
_BOX = b"ftyp"  # the family of HEIC and AVIF
_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")


class PictureRemark(StrEnum):
    """What the QR codes of a picture are, all taken together; only `CODE` leads to a certificate."""

    CODE = "code"
    SEVERAL_CODES = "several_codes"
    ELSEWHERE = "elsewhere"
    NOT_OURS = "not_ours"
    NO_CODE = "no_code"
    NOT_A_PICTURE = "not_a_picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFinding:
    """What was seen in a picture: the one code of ours, or the `address` of a stranger to which a QR code leads."""

    remark: PictureRemark
    code: str | None = None
    address: str = ""


def is_picture(content: bytes) -> bool:
    """Tell whether a file begins as a picture does, also one of a sort that cannot be read here."""
    if content.startswith((_PNG, _JPEG, _GIF, *_TIFF)):
        return True
    head, tail = content[:4], content[8:12]
    return (head, tail) == _WEBP or (content[4:8] == _BOX and tail in _BRANDS)
