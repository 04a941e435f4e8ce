"""Reads QR codes from pictures of unknown origin, away from the event loop. The tools are imported at first use.

A picture is measured by its header before a pixel of it is decoded, so that a small file cannot become a large memory.
"""

import asyncio
import struct
import warnings
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

DEFAULT_LIMIT: Final = 20 * 1024 * 1024

#: A JPEG is decoded in rows and made smaller on the way; everything else stands in memory whole, four bytes a pixel.
_MOST_PIXELS: Final = 110_000_000
_MOST_PIXELS_WHOLE: Final = 16_000_000
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_WHOLE: Final = ("PNG", "WEBP")

#: The longer side that is looked at; a QR code fills at least a tenth of a usable photograph.
_LARGEST_SIDE: Final = 3000
_SMALL_SIDE: Final = 2000
_MOST_CODES: Final = 20
_LONGEST_TEXT: Final = 500
_WORKERS: Final = 1  # each may hold a large picture

_WEBP_HEAD: Final = 30


class QrReader:
    """Reads pictures in a thread of its own; close it at the end."""

    def __init__(self, *, limit: int = DEFAULT_LIMIT, workers: int = _WORKERS) -> None:
        self._limit = limit
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="qr")

    async def read(self, content: bytes) -> tuple[str, ...] | None:
        """Return what each QR code in a picture holds, as `read_codes` does."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: read_codes(content, limit=self._limit))

    def close(self) -> None:
        """Finish what is in hand and let the threads go."""
        self._threads.shutdown(wait=True, cancel_futures=True)


def read_codes(content: bytes, *, limit: int = DEFAULT_LIMIT) -> tuple[str, ...] | None:
    """Look for QR codes in a picture; never raises, whatever the file holds.

    Args:
        content: the whole file, a JPEG, PNG or WebP.
        limit: the most bytes that are looked at.

    Returns:
        The texts, each once; `None` if the file is no such picture, is damaged or too large.
    """
    if len(content) > limit or _is_large_webp(content):
        return None
    grey = _grey(content)
    if grey is None:
        return None
    return _texts(grey) or _texts(_sharpened(grey))


def _grey(content: bytes) -> "Image | None":
    """Decode a picture into shades of grey, at most `_LARGEST_SIDE` wide and high."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only who sends a picture waits for it

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS  # the library's own guard, behind ours; a little too much only warns
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    damaged = (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, EOFError, struct.error)
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            whole = picture.format in _WHOLE or bool(picture.info.get("progressive"))
            if picture.width * picture.height > (_MOST_PIXELS_WHOLE if whole else _MOST_PIXELS):
                return None
            picture.draft("L", (_SMALL_SIDE, _SMALL_SIDE))
            if picture.width * picture.height > _MOST_PIXELS_WHOLE:
                return None
            grey = _on_white(picture)
    except (*bombs, *damaged, MemoryError):
        return None
    grey.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE), Image.Resampling.BOX)
    return grey


def _on_white(picture: "Image") -> "Image":
    """Take the colours away; what is transparent becomes paper."""
    from PIL import Image  # noqa: PLC0415

    if not picture.has_transparency_data:
        return picture.convert("L")
    seen = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    paper = Image.new("L", picture.size, 255)
    paper.paste(seen.convert("L"), mask=seen.getchannel("A"))
    return paper


def _texts(grey: "Image") -> tuple[str, ...]:
    import zxingcpp  # noqa: PLC0415

    sorts = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    found = zxingcpp.read_barcodes(grey, formats=sorts, text_mode=zxingcpp.TextMode.Plain)
    return tuple(dict.fromkeys(one.text[:_LONGEST_TEXT] for one in found[:_MOST_CODES] if one.valid))


def _sharpened(grey: "Image") -> "Image":
    """Take the blur out of a picture, and the grain out of a large one."""
    from PIL import ImageFilter  # noqa: PLC0415

    seen = grey.reduce(2) if max(grey.size) > _SMALL_SIDE else grey
    return seen.filter(ImageFilter.UnsharpMask(radius=2, percent=300, threshold=0))


def _is_large_webp(content: bytes) -> bool:
    """Measure a WebP by its header: its decoder takes the memory when it is opened."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < _WEBP_HEAD:
        return False
    kind = content[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(content[at : at + 3], "little") + 1 for at in (24, 27))
    elif kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (int.from_bytes(content[at : at + 2], "little") & 0x3FFF for at in (26, 28))
    return width * height > _MOST_PIXELS_WHOLE
