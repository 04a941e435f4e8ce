"""QR codes in pictures: as people photograph them, and as an enemy makes them."""

import random
import subprocess
import sys
import time
from io import BytesIO

import pytest
from PIL import Image, ImageOps

from bot.documents.qr_reading import QrReader, read_codes
from tests.support.pictures import bomb, photograph

ADDRESS = "https://papers.university.example/verify/7K3QX9MVP2RTABCDE123"
OTHER = "https://t.me/kabarchy_test_bot?start=v_00000000000000000001"


@pytest.mark.parametrize("sort", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("turned", [0, 8, 45, 90, 180, 263])
def test_turned_picture_is_read(sort: str, turned: float) -> None:
    assert read_codes(photograph(ADDRESS, turned=turned, sort=sort)) == (ADDRESS,)


@pytest.mark.parametrize("blurred", [1, 1.5, 2])
def test_blurred_picture_is_read_as_long_as_modules_can_be_told_apart(blurred: float) -> None:
    assert read_codes(photograph(ADDRESS, blurred=blurred)) == (ADDRESS,)


def test_picture_pressed_into_few_bytes_is_read() -> None:
    assert read_codes(photograph(ADDRESS, turned=12, blurred=1, quality=10)) == (ADDRESS,)


def test_all_codes_of_a_picture_are_read_each_once() -> None:
    found = read_codes(photograph(ADDRESS, OTHER, ADDRESS, turned=5))
    assert found is not None
    assert sorted(found) == sorted([ADDRESS, OTHER])


def test_picture_without_a_code_holds_nothing() -> None:
    assert read_codes(photograph()) == ()
    assert read_codes(photograph(ADDRESS, blurred=9)) == ()


def test_light_on_dark_transparent_and_coloured_by_table_are_read() -> None:
    with Image.open(BytesIO(photograph(ADDRESS, sort="PNG"))) as picture:
        grey = picture.convert("L")
    glass = Image.new("RGBA", grey.size, (0, 0, 0, 0))
    glass.paste((0, 0, 0, 255), mask=ImageOps.invert(grey).point(lambda shade: 255 if shade > 128 else 0))
    for other in (ImageOps.invert(grey), glass, grey.convert("P"), grey.convert("1"), grey.convert("CMYK")):
        file = BytesIO()
        other.save(file, "JPEG" if other.mode == "CMYK" else "PNG")
        assert read_codes(file.getvalue()) == (ADDRESS,), other.mode


@pytest.mark.parametrize(("side", "progressive", "read"), [(6240, False, (ADDRESS,)), (4160, True, None)])
def test_large_photograph_is_made_smaller_on_the_way_or_refused(
    side: int, progressive: bool, read: tuple[str, ...] | None
) -> None:
    with Image.open(BytesIO(photograph(ADDRESS, sort="PNG"))) as picture:
        large = picture.convert("L").resize((side, side), Image.Resampling.NEAREST)
    file = BytesIO()
    large.save(file, "JPEG", quality=40, progressive=progressive)  # a progressive one would stand in memory whole
    assert read_codes(file.getvalue()) == read


def test_bombs_are_refused_by_their_header() -> None:
    begun = time.monotonic()
    content = bomb(30_000)
    assert len(content) < 100_000
    assert read_codes(content) is None
    assert read_codes(bomb(4_001)) is None
    for head in (
        b"VP8X\n\0\0\0\0\0\0\0\xff\x3f\0\xff\x3f\0",
        b"VP8L\n\0\0\0\x2f\xff\xff\xff\x0f",
        b"VP8 \n\0\0\0\0\0\0\x9d\x01\x2a\xff\x3f\xff\x3f",
    ):
        assert read_codes(b"RIFF\x99\0\0\0WEBP" + head + bytes(90)) is None
    assert time.monotonic() - begun < 1


def test_what_is_no_picture_is_refused() -> None:
    dice = random.Random(5)  # noqa: S311 - a seeded test
    whole = photograph(ADDRESS)
    others = [b"", b"hello", b"%PDF-1.7", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP", whole[:900]]
    others += [b"GIF89a" + bytes(50), *(head + dice.randbytes(800) for head in (b"", b"\xff\xd8\xff\xe0", b"RIFF"))]
    for content in others:
        assert read_codes(content) is None
    assert read_codes(whole, limit=len(whole) - 1) is None
    assert read_codes(whole, limit=len(whole)) == (ADDRESS,)


@pytest.mark.parametrize("sort", ["JPEG", "PNG", "WEBP"])
def test_damaged_pictures_are_survived(sort: str) -> None:
    dice = random.Random(11)  # noqa: S311 - a seeded test
    whole = photograph(ADDRESS, sort=sort)
    for _ in range(40):
        damaged = bytearray(whole)
        for _ in range(dice.randrange(1, 12)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        assert read_codes(bytes(damaged)) in {None, (), (ADDRESS,)}


async def test_reader_works_in_a_thread_of_its_own() -> None:
    reader = QrReader()
    assert await reader.read(photograph(ADDRESS)) == (ADDRESS,)
    assert await reader.read(b"") is None
    reader.close()


def test_tools_are_not_imported_before_the_first_picture() -> None:
    code = "import sys, bot.documents.qr_reading; print({'PIL', 'zxingcpp'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603 -- ours
    assert done.stdout == "set()\n"
