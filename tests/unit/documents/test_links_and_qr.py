"""Public addresses and what a camera reads from the QR code."""

import pytest

from bot.documents import qr
from bot.documents.links import PublicLinks
from tests.unit.documents.samples import CODE, LINKS, NO_PAGES


def test_qr_code_leads_to_the_page_if_there_is_one() -> None:
    assert LINKS.qr_content("7K3QX-9MVP2-RTABC-DE123") == f"https://papers.university.example/verify/{CODE}"
    assert NO_PAGES.qr_content(CODE) == f"https://t.me/kabarchy_bot?start=v_{CODE}"


def test_address_with_a_slash_at_its_end_gives_the_same_links() -> None:
    links = PublicLinks(public_url="https://papers.university.example/", bot_username="kabarchy_bot")
    assert links.verify_page(CODE) == LINKS.verify_page(CODE)
    assert links.check_page == "papers.university.example/verify"
    assert NO_PAGES.check_page == ""


def test_deep_link_carries_its_letter() -> None:
    assert LINKS.verify_in_bot(CODE).endswith(f"v_{CODE}")


@pytest.mark.parametrize("links", [LINKS, NO_PAGES])
def test_qr_code_stays_coarse(links: PublicLinks) -> None:
    assert qr.draw(links.qr_content(CODE)).modules <= 37


def test_qr_picture_is_one_outline_in_module_units() -> None:
    picture = qr.draw("x")
    assert picture.svg.count("<path") == 1
    assert f'viewBox="0 0 {picture.modules} {picture.modules}"' in picture.svg
