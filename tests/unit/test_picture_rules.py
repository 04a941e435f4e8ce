"""Where QR codes lead: what is taken for ours, and what is called by its name."""

import pytest

from services.certificates.addresses import OwnAddresses, judge_codes
from services.certificates.pictures import PictureRemark, is_picture
from tests.support.papers import OWN

CODE = "7K3QX9MVP2RTABCDE123"
OTHER = "00000000000000000001"
PAGE = f"https://papers.university.example/verify/{CODE}"
BOT = f"https://t.me/kabarchy_test_bot?start=v_{CODE}"


@pytest.mark.parametrize(
    "text",
    [
        PAGE,
        f"{PAGE}/",
        f"{PAGE}?lang=ru",
        f"HTTPS://Papers.University.Example/verify/{CODE.lower()}",
        f"https://papers.university.example:443/verify/{CODE}",
        "https://papers.university.example/verify/7K3QX-9MVP2-RTABC-DE123",
        BOT,
        f"https://t.me/Kabarchy_Test_Bot?start=v_{CODE}",
        f"tg://resolve?domain=kabarchy_test_bot&start=v_{CODE}",
        CODE,
        "7k3qx-9mvp2-rtabc-de123",
    ],
)
def test_our_addresses_and_bare_codes_are_taken(text: str) -> None:
    finding = judge_codes([text], OWN)
    assert (finding.remark, finding.code, finding.address) == (PictureRemark.CODE, CODE, "")


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (f"https://papers-university.example/verify/{CODE}", "papers-university.example"),
        (f"https://papers.university.example.evil.kg/verify/{CODE}", "papers.university.example.evil.kg"),
        (f"https://papers.university.example@evil.kg/verify/{CODE}", "evil.kg"),
        (f"https://evil.kg\\@papers.university.example/verify/{CODE}", "evil.kg"),
        (f"https://evil.kg/\\papers.university.example/verify/{CODE}", "evil.kg"),
        (f"https:evil.kg/verify/{CODE}", "evil.kg"),
        (f"https:\\\\evil.kg/verify/{CODE}", "evil.kg"),
        (f" ht\ntps://evil.kg/verify/{CODE}", "evil.kg"),
        (f"https://papers.universitу.example/verify/{CODE}", "papers.xn--universit-o4h.example"),
        (f"http://papers.university.example/verify/{CODE}", "http://papers.university.example"),
        (f"https://papers.university.example:8443/verify/{CODE}", "papers.university.example:8443"),
        (f"evil.kg/verify/{CODE}", "evil.kg"),
        ("https://evil.kg", "evil.kg"),
        (f"https://t.me/kabarchy_tost_bot?start=v_{CODE}", "t.me/kabarchy_tost_bot"),
        (f"tg://resolve?domain=kabarchy_tost_bot&start=v_{CODE}", "t.me/kabarchy_tost_bot"),
        (f"https://{'a' * 70}.evil.kg/verify/{CODE}", "…" + f"{'a' * 70}.evil.kg"[-60:]),
        (f"https://{'я' * 70}.kg/verify/{CODE}", "…" + (r"\u044f" * 70 + ".kg")[-60:]),
    ],
)
def test_address_of_a_stranger_is_named(text: str, address: str) -> None:
    finding = judge_codes([text], OWN)
    assert (finding.remark, finding.code, finding.address) == (PictureRemark.ELSEWHERE, None, address)


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "WIFI:S:guest;;", "tel:+996312000001", "mailto:a@b.kg", f"{CODE}7",
        "https://papers.university.example/", "https://papers.university.example/verify/short",
        f"https://papers.university.example/verify/{CODE}#x", f"{PAGE}?lang=ru&next=//evil.kg",
        f"https://papers.university.example/s/{CODE}", "https://t.me/kabarchy_test_bot",
        f"https://t.me/kabarchy_test_bot?start=l_{CODE}",
    ],
)  # fmt: skip
def test_what_is_neither_a_code_nor_a_strangers_address_is_not_ours(text: str) -> None:
    assert judge_codes([text], OWN).remark is PictureRemark.NOT_OURS


def test_several_codes_are_taken_together() -> None:
    assert judge_codes([], OWN).remark is PictureRemark.NO_CODE
    assert judge_codes([PAGE, BOT, CODE], OWN).code == CODE
    assert judge_codes([PAGE, OTHER], OWN).remark is PictureRemark.SEVERAL_CODES
    assert judge_codes([PAGE, "WIFI:S:guest;;", "https://instagram.com/x"], OWN).code == CODE
    for forged in (f"https://evil.kg/verify/{OTHER}", f"https://evil.kg/?to={PAGE}", "https://evil.kg?start=v_1"):
        finding = judge_codes([PAGE, "https://instagram.com/x", forged], OWN)
        assert (finding.remark, finding.address) == (PictureRemark.ELSEWHERE, "evil.kg")


def test_without_pages_or_with_a_bot_of_unknown_name_nothing_else_is_ours() -> None:
    no_pages = OwnAddresses(public_url="", bot_username="kabarchy_test_bot")
    assert judge_codes([PAGE], no_pages).address == "papers.university.example"
    assert judge_codes([BOT], no_pages).code == CODE
    nobody = OwnAddresses(public_url="", bot_username="")
    assert judge_codes([BOT], nobody).remark is PictureRemark.NOT_OURS
    at_home = OwnAddresses(public_url="http://127.0.0.1:8081", bot_username="")
    assert judge_codes([f"http://127.0.0.1:8081/verify/{CODE}"], at_home).code == CODE


def test_pictures_are_told_by_their_first_bytes() -> None:
    pictures = (
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"RIFF1234WEBPVP8 ",
        b"GIF89a",
        b"\0\0\0\x18ftypheic",
        b"MM\0*",
    )
    assert all(is_picture(content) for content in pictures)
    assert not any(is_picture(content) for content in (b"", b"%PDF-1.7", b"RIFF1234WAVE", b"\0\0\0\x18ftypmp42"))
