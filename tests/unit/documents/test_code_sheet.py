"""Strips with one-time codes: ten on a sheet, each with its own QR code, whatever the names hold."""

import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.code_sheets import CodeSheets
from bot.documents.links import PublicLinks
from bot.documents.university_model import University
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from services.access import LinkedPerson
from services.codes import printed_code
from services.linking.dto import GroupCodes, IssuedLinkCode
from services.linking.rules import new_payload, new_typed_code
from tests.unit.documents.samples import run_tool

UNTIL = datetime(2026, 12, 21, 18, 30, tzinfo=UTC)  # the 22nd in Bishkek
NAMES = ("Өмүрова Гүлнара", "<b>#Ким</b> $x$ 🎓", "Бейшеналиева-Кожогелдиева Каныкейбүбү Жолдошбековна Токтосунова")


@pytest.fixture(scope="module")
def codes() -> GroupCodes:
    """A group of 31."""
    issued = [
        IssuedLinkCode(
            person=LinkedPerson(id=number, person_no=f"S-{number}", full_name=NAMES[number % len(NAMES)]),
            payload=new_payload(),
            code=new_typed_code(),
            expires_at=UNTIL,
        )
        for number in range(31)
    ]
    return GroupCodes(group_name="ПИ-1-25", codes=tuple(issued), expires_at=UNTIL)


@pytest.fixture(scope="module")
async def sheet(codes: GroupCodes, university: University) -> bytes:
    """The group's sheet."""
    links = PublicLinks(public_url="", bot_username="kabarchy_test_bot")
    return await CodeSheets(university, links, LocalTime(ZoneInfo("Asia/Bishkek")), Catalogues()).draw(codes)


def test_ten_strips_on_a_page_each_with_its_name_and_code(sheet: bytes, codes: GroupCodes) -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(sheet)).pages]
    assert [sum(printed_code(code.code) in page for code in codes.codes) for page in pages] == [10, 10, 10, 1]
    words = " ".join(pages[0].split())
    assert "Өмүрова Гүлнара" in words
    assert "<b>#Ким</b> $x$ ?" in words  # no font has the hat
    assert "@kabarchy_test_bot" in words
    assert "22 December 2026" in words
    assert "22-декабры" in words


def test_square_of_each_strip_opens_the_bot_with_its_code(sheet: bytes, codes: GroupCodes, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(sheet)
    run_tool("pdftoppm", "-r", "150", "-png", "-f", "2", "-l", "2", file, tmp_path / "page")
    (picture,) = tmp_path.glob("page*.png")
    found = {barcode.text for barcode in zxingcpp.read_barcodes(Image.open(picture))}
    assert found == {f"https://t.me/kabarchy_test_bot?start={code.payload}" for code in codes.codes[10:20]}
