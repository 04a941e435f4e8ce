"""Which signs the papers can print: what every face of the fonts has, read from their character maps."""

import struct
from functools import cache
from importlib import resources
from typing import Final

from bot.documents.fonts import FACES
from services.certificates.cleaning import clean

_WINDOWS_UNICODE: Final = (3, 1)
_NO_GLYPH: Final = 0


def can_print(text: str) -> bool:
    """Tell whether every sign of a text, as it would stand on paper, is in the fonts."""
    return all(ord(sign) in _signs() for sign in clean(text))


@cache
def _signs() -> frozenset[int]:
    maps = (_character_map((resources.files(package) / "files" / name).read_bytes()) for package, name in FACES)
    return frozenset.intersection(*maps)


def _character_map(font: bytes) -> frozenset[int]:
    """Read the code points of a TrueType font's Windows Unicode map (`cmap`, format 4)."""
    cmap = _table(font, b"cmap")
    for index in range(struct.unpack_from(">H", cmap, 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * index)
        if (platform, encoding) == _WINDOWS_UNICODE:
            return _format_4(cmap[offset:])
    raise ValueError("the font has no Windows Unicode character map")


def _table(font: bytes, tag: bytes) -> bytes:
    for index in range(struct.unpack_from(">H", font, 4)[0]):
        name, _checksum, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if name == tag:
            return font[offset : offset + length]
    raise ValueError(f"the font has no table {tag!r}")


def _format_4(subtable: bytes) -> frozenset[int]:
    count = struct.unpack_from(">H", subtable, 6)[0] // 2
    row = f">{count}H"
    ends = struct.unpack_from(row, subtable, 14)
    starts, deltas, offsets = (struct.unpack_from(row, subtable, 16 + 2 * count * column) for column in (1, 2, 3))
    found: set[int] = set()
    for segment, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        place = 16 + 2 * count * 3 + 2 * segment + offset
        for point in range(start, end + 1):
            glyph = _listed_glyph(subtable, place + 2 * (point - start)) if offset else point
            if glyph is not None and (glyph + delta) % 0x10000 != _NO_GLYPH:
                found.add(point)
    return frozenset(found)


def _listed_glyph(subtable: bytes, place: int) -> int | None:
    """Read a glyph from the list behind the segments; None where there is none."""
    if place + 2 > len(subtable):
        return None
    glyph = int(struct.unpack_from(">H", subtable, place)[0])
    return None if glyph == _NO_GLYPH else glyph
