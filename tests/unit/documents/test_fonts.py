"""The lightened fonts: half the size, the same letters."""

import struct
from importlib import resources

import pytest

from bot.documents.coverage import can_print
from bot.documents.fonts import FACES, lighten


def tables(font: bytes) -> dict[str, tuple[int, int, int]]:
    """Return checksum, offset and length of every table."""
    found = {}
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        tag, *rest = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        found[tag.decode()] = (rest[0], rest[1], rest[2])
    return found


def table(font: bytes, tag: str) -> bytes:
    _, offset, length = tables(font)[tag]
    return font[offset : offset + length]


@pytest.mark.parametrize(("package", "name"), FACES)
def test_lightened_font_keeps_letters_widths_and_shaping(package: str, name: str) -> None:
    before = (resources.files(package) / "files" / name).read_bytes()
    after = lighten(before)
    assert len(after) < 0.75 * len(before)
    assert not tables(after).keys() & {"fpgm", "prep", "cvt "}
    for tag in ("cmap", "hmtx", "maxp", "OS/2", "hhea"):
        assert table(after, tag) == table(before, tag)
    assert sum(struct.unpack(f">{len(after) // 4}I", after)) & 0xFFFFFFFF == 0xB1B0AFBA


def test_letters_of_the_three_languages_can_be_printed() -> None:
    assert can_print("АаӨөҮүҢңЁёЪъ «» – № 0123456789 Zz’")
    assert can_print("Ө й Ң".replace("й", "и\N{COMBINING BREVE}"))
    assert not can_print("李")
    assert not can_print("🎓")
