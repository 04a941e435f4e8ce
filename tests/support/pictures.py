"""Photographs of QR codes as people make them: on paper, turned, blurred, pressed into few bytes."""

import struct
import zlib
from io import BytesIO

import segno
from PIL import Image, ImageFilter

_PAPER, _TABLE = (245, 243, 238), (120, 110, 100)
_MODULE = 4  # pixels
_APART = 260


def photograph(
    *texts: str, turned: float = 0, blurred: float = 0, quality: int = 80, sort: str = "JPEG", module: int = _MODULE
) -> bytes:
    """Return a picture of a paper that carries these QR codes side by side.

    Args:
        texts: what the codes hold.
        turned: degrees.
        blurred: pixels; a module of the code is `module` pixels wide.
        quality: of a JPEG or WebP.
        sort: the format of the file.
        module: how large the codes are.
    """
    paper = Image.new("RGB", (max(520, _APART * len(texts) + 80), 520), _PAPER)
    for place, text in enumerate(texts):
        drawn = BytesIO()
        segno.make_qr(text, error="m").save(drawn, kind="png", scale=module, border=4)
        with Image.open(drawn) as code:
            paper.paste(code.convert("RGB"), (40 + place * _APART, 200))
    seen = paper.rotate(turned, expand=True, fillcolor=_TABLE, resample=Image.Resampling.BILINEAR) if turned else paper
    if blurred:
        seen = seen.filter(ImageFilter.GaussianBlur(blurred))
    file = BytesIO()
    seen.save(file, sort, quality=quality)
    return file.getvalue()


def bomb(side: int) -> bytes:
    """Return a small PNG that promises `side` x `side` pixels, and keeps the promise for its first rows."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(100 * (side + 1)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
