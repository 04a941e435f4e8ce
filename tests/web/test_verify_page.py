"""The verification page: the verdict on a code and on a file, for anybody, in three languages."""

import asyncio
import re
from dataclasses import replace
from html import unescape

import pytest

from handlers.common.reader import Reader
from handlers.verification.texts import verdict_text
from services.certificates.dto import VerdictKind
from services.languages import Language
from tests.support.people import AIZADA
from tests.support.website import BOT_NAME, IssuedPaper, Website

UNKNOWN_CODE = "7K3QX9MVP2RTABCDE123"
ENGLISH = "?lang=en"
HEADLINES = {
    VerdictKind.VALID: "The certificate is valid.",
    VerdictKind.EXPIRED: "The certificate is genuine, but its validity has ended.",
    VerdictKind.REVOKED: "The certificate has been revoked by the university.",
    VerdictKind.SUPERSEDED: "The certificate has been replaced by a new one.",
    VerdictKind.ALTERED: "The file was altered after it was signed. Do not trust it.",
    VerdictKind.UNKNOWN: "There is no such certificate in our register.",
    VerdictKind.UNREADABLE: (
        "The file cannot be read: it is neither a PDF nor a picture, is damaged, protected by a password or too large."
    ),
}
LIGHT = re.compile(r'<li class="(\w+)"><svg.*?</svg><span>(.*?)</span><b>(.*?)</b>')


@pytest.fixture(scope="module")
async def paper(site: Website) -> IssuedPaper:
    return await site.issue()


async def revoked(site: Website) -> IssuedPaper:
    issued = await site.issue()
    await site.execute(
        "update certificates set status = 'revoked', status_at = '2026-11-25 19:00+00', revocation_reason = 'misused'"
        " where code = :code",
        code=issued.code,
    )
    return issued


def headline(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found is not None
    return unescape(found[1])


def lights(page: str) -> list[str]:
    """How the lights look, and that each says it in a word as well."""
    words = {"good": "Confirmed", "bad": "Problem", "none": "Not checked"}
    found = LIGHT.findall(page)
    assert all(words[tone] == word for tone, _, word in found)
    return [tone for tone, _, _ in found]


async def test_valid_certificate_shows_its_public_facts_and_hides_the_others(site: Website, paper: IssuedPaper) -> None:
    answer = await site.get(f"/verify/{paper.code}{ENGLISH}")
    page = await answer.text()

    assert answer.status == 200
    assert headline(page) == HEADLINES[VerdictKind.VALID]
    assert lights(page) == ["good", "none", "none", "none", "good", "good", "good"]
    for shown in ("Маматова Айзада Бакытовна", "Enrolment", paper.number, "21 November 2026", "21 December 2026"):
        assert shown in page
    assert "№ 4• 2•" in page.replace("••", "•").replace("••", "•").replace("••", "•").replace("••", "•")
    assert "20.08.2025" not in page, "the order is masked"
    assert "ПИ-1-25" not in page, "the group is not public"
    assert '<dd lang="ky">Программалык инженерия</dd>' in page, "words of the paper keep their language"
    assert f"https://t.me/{BOT_NAME}?start=v_{paper.code}" in page
    assert "papers.university.example/verify" in page
    assert "not a state-qualified electronic signature" in page


async def test_code_is_read_however_it_is_written_and_shown_as_printed(site: Website, paper: IssuedPaper) -> None:
    groups = [paper.code[start : start + 5] for start in range(0, 20, 5)]
    lookalikes = paper.code.lower().replace("0", "o").replace("1", "l").replace("x", "х").replace("c", "с")
    for written in (paper.code.lower(), "-".join(groups), "%20".join(groups), lookalikes):
        page = await (await site.get(f"/verify/{written}{ENGLISH}")).text()
        assert headline(page) == HEADLINES[VerdictKind.VALID], written
        assert "-".join(groups) in page


async def test_many_at_once_get_each_their_own_answer_in_their_own_language(site: Website, paper: IssuedPaper) -> None:
    other = await site.issue(replace(AIZADA, last_name="Осмонова"))
    asked = [(code, language) for code in (paper.code, other.code, UNKNOWN_CODE) for language in Language] * 4
    answers = await asyncio.gather(*(site.get(f"/verify/{code}?lang={language}") for code, language in asked))
    for (code, language), answer in zip(asked, answers, strict=True):
        page = await answer.text()
        assert answer.headers["Content-Language"] == language.value
        assert (paper.number in page, other.number in page) == (code == paper.code, code == other.code)


async def test_revocation_shows_with_the_next_answer(site: Website) -> None:
    issued = await site.issue()
    for status, kind in (("issued", VerdictKind.VALID), ("revoked", VerdictKind.REVOKED)):
        await site.execute("update certificates set status = :s where code = :c", s=status, c=issued.code)
        pages = await asyncio.gather(*(site.get(f"/verify/{issued.code}{ENGLISH}") for _ in range(3)))
        assert {headline(await page.text()) for page in pages} == {HEADLINES[kind]}


async def test_typed_code_is_sent_on_to_its_page_with_the_language(site: Website, paper: IssuedPaper) -> None:
    answer = await site.get(f"/verify?lang=ru&code={paper.code.lower()[:5]}-{paper.code[5:]}")
    assert (answer.status, answer.headers["Location"]) == (303, f"/verify/{paper.code}?lang=ru")

    nonsense = await site.get('/verify?lang=en&code=%0d%0aX:1//evil.example"><b>')
    page = await nonsense.text()
    assert nonsense.status == 404
    assert headline(page) == "This is not a certificate's code."
    assert "<b>" not in page.partition("<main")[2]
    assert "Location" not in nonsense.headers


async def test_expired_revoked_superseded_and_unknown_codes(site: Website) -> None:
    statuses = {"revoked": VerdictKind.REVOKED, "superseded": VerdictKind.SUPERSEDED}
    for status, kind in statuses.items():
        issued = await site.issue()
        await site.execute("update certificates set status = :s where code = :c", s=status, c=issued.code)
        answer = await site.get(f"/verify/{issued.code}{ENGLISH}")
        assert (answer.status, headline(await answer.text())) == (200, HEADLINES[kind])
        assert "Study Office" in await answer.text()

    await site.execute("update certificates set valid_until = date '2026-11-20' where code = :c", c=issued.code)
    await site.execute("update certificates set status = 'issued' where code = :c", c=issued.code)
    page = await (await site.get(f"/verify/{issued.code}{ENGLISH}")).text()
    assert headline(page) == HEADLINES[VerdictKind.EXPIRED]
    assert lights(page) == ["good", "none", "none", "none", "good", "bad", "none"]
    assert "Its period of validity has ended" in page

    answer = await site.get(f"/verify/{UNKNOWN_CODE.lower()}{ENGLISH}")
    page = await answer.text()
    assert (answer.status, headline(page)) == (404, HEADLINES[VerdictKind.UNKNOWN])
    assert lights(page) == ["bad", *["none"] * 6]
    assert 'value="7K3QX-9MVP2-RTABC-DE123"' in page
    assert "+996 312 00 00 01" in page


async def test_holder_who_left_is_a_caution_not_another_verdict(site: Website) -> None:
    issued = await site.issue()
    await site.execute(
        "update people set status = 'expelled' where id = (select person_id from certificates where code = :c)",
        c=issued.code,
    )
    page = await (await site.get(f"/verify/{issued.code}{ENGLISH}")).text()

    assert headline(page) == HEADLINES[VerdictKind.VALID]
    assert lights(page)[-1] == "bad"
    assert '<section class="verdict caution">' in page
    assert "The university issued this certificate, but the facts stated in it have changed since." in page


async def test_uploaded_files_get_the_verdict_of_their_bytes(site: Website, paper: IssuedPaper) -> None:
    changed = bytearray(paper.pdf)
    changed[len(changed) // 3] ^= 1
    update = b"\n1 0 obj\n<<>>\nendobj\nstartxref\n%d\n%%%%EOF\n" % (len(paper.pdf) + 1)
    foreign = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"
    cases = {
        VerdictKind.VALID: paper.pdf,
        VerdictKind.ALTERED: paper.pdf + update,
        VerdictKind.UNKNOWN: foreign,
        VerdictKind.UNREADABLE: paper.pdf[: len(paper.pdf) // 2],
        VerdictKind.REVOKED: (await revoked(site)).pdf,
    }
    for kind, content in cases.items():
        answer = await site.upload(content, query=ENGLISH)
        page = await answer.text()
        assert (answer.status, headline(page)) == (200, HEADLINES[kind])
        assert (paper.number in page) is (kind in {VerdictKind.VALID, VerdictKind.ALTERED})
        if kind is VerdictKind.VALID:
            assert lights(page) == ["good"] * 7

    page = await (await site.upload(bytes(changed), query=ENGLISH)).text()
    assert headline(page) in {HEADLINES[VerdictKind.ALTERED], HEADLINES[VerdictKind.UNREADABLE]}
    page = await (await site.upload(b"MZ\x90 a program", query=ENGLISH, name="<b>.exe")).text()
    assert headline(page) == HEADLINES[VerdictKind.UNREADABLE]


@pytest.mark.parametrize("language", list(Language))
async def test_page_speaks_the_language_of_the_link_or_of_the_browser(
    site: Website, paper: IssuedPaper, language: Language
) -> None:
    kinds = {
        Language.KY: "Окуп жаткандыгы жөнүндө", Language.RU: "С места учёбы", Language.EN: "Enrolment"
    }  # fmt: skip
    other = next(candidate for candidate in Language if candidate is not language)
    by_link = await site.get(f"/verify/{paper.code}?lang={language}", headers={"Accept-Language": other.value})
    by_browser = await site.get(
        f"/verify/{paper.code}", headers={"Accept-Language": f"{other};q=0.3, xx, {language}-KG;q=0.8, *;q=0.1"}
    )
    for answer in (by_link, by_browser):
        page = await answer.text()
        assert answer.headers["Content-Language"] == language.value
        assert f'<html lang="{language}">' in page
        assert f'lang="{language}" hreflang="{language}" aria-current="true"' in page
        assert kinds[language] in page


async def test_page_speaks_kyrgyz_where_nothing_is_known(site: Website) -> None:
    for wish in ("", "de, zh;q=0.5", "ru;q=0, en;q=x", ";;;,,,=,q"):
        answer = await site.get("/verify?lang=xx", headers={"Accept-Language": wish})
        assert answer.headers["Content-Language"] == "ky", wish


async def test_names_are_shown_letter_by_letter(site: Website) -> None:
    entry = replace(AIZADA, last_name="<b>О'Коннор", first_name='"Айзада"', patronymic="{{7*7}}&{x}")
    issued = await site.issue(entry)
    for answer in (await site.get(f"/verify/{issued.code}{ENGLISH}"), await site.upload(issued.pdf, query=ENGLISH)):
        page = await answer.text()
        assert headline(page) == HEADLINES[VerdictKind.VALID]
        assert "<b>О" not in page
        assert '<b>О\'Коннор "Айзада" {{7*7}}&{x}' in unescape(page)


async def test_page_chat_and_service_agree(site: Website, paper: IssuedPaper) -> None:
    given = site.container.given
    gone = await revoked(site)
    reader = Reader(language=Language.EN, words=given.paper_words, dates=given.dates)
    for code in (paper.code, gone.code, UNKNOWN_CODE, "nonsense"):
        verdict = await given.verification.verify_code(code)
        page = await (await site.get(f"/verify/{code}{ENGLISH}")).text()
        if code != "nonsense":
            assert headline(page) == HEADLINES[verdict.kind]
            assert lights(page) == [{True: "good", False: "bad", None: "none"}[o] for o in verdict.checks.values()]
        with site.container.i18n.context(), site.container.i18n.use_locale("en"):
            chat = verdict_text(verdict, reader, given.links)
        assert HEADLINES[verdict.kind] in re.sub(r"<.*?>", "", chat)
    for content in (paper.pdf, gone.pdf, b"nothing"):
        verdict = await given.verification.verify_file(content)
        page = await (await site.upload(content, query=ENGLISH)).text()
        assert headline(page) == HEADLINES[verdict.kind]


async def test_pages_are_small_and_need_no_script(site: Website, paper: IssuedPaper) -> None:
    for path in ("/verify", f"/verify/{paper.code}", f"/verify/{UNKNOWN_CODE}", "/verify/x", "/nothing"):
        for language in Language:
            answer = await site.get(f"{path}?lang={language}")
            page = await answer.text()
            [style] = re.findall(r'href="(/static/[^"]+)"', page)
            sheet = await site.get(style)
            assert sheet.status == 200
            assert "immutable" in sheet.headers["Cache-Control"]
            assert len(await answer.read()) + len(await sheet.read()) < 30 * 1024
            assert "<script" not in page
            assert "style=" not in page, "the policy would refuse it"
            assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("language", "day"), [("ky", "2026-жылдын 26-ноябры"), ("ru", "26 ноября 2026"), ("en", "26 November 2026")]
)
async def test_day_of_revocation_is_told_but_not_why(site: Website, language: str, day: str) -> None:
    page = await (await site.get(f"/verify/{(await revoked(site)).code}?lang={language}")).text()
    assert day in unescape(page).replace("\N{NO-BREAK SPACE}", " ")
    assert "misused" not in page
