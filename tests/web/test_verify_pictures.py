"""Uploading a picture of the QR code, and what the page says about itself."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from aiohttp import FormData

from bot.web.verdict_view import VerdictPainter
from handlers.common.reader import Reader
from handlers.verification.texts import verdict_text
from services.certificates.dto import Check, VerdictKind
from services.languages import Language
from tests.support.pictures import bomb, photograph
from tests.support.website import BOT_NAME, PUBLIC_URL, IssuedPaper, Website

UNKNOWN_CODE = "7K3QX9MVP2RTABCDE123"


@pytest.fixture(scope="module")
async def paper(site: Website) -> IssuedPaper:
    return await site.issue()


async def upload(site: Website, content: bytes, language: str = "en", name: str = "photo.jpg") -> tuple[str, str, str]:
    """Upload a picture; return the headline, what stands below it, and the whole page."""
    form = FormData()
    form.add_field("file", content, filename=name, content_type="image/jpeg")
    answer = await site.post(f"/verify?lang={language}", form)
    assert answer.status == 200
    page = unescape(await answer.text())
    found = re.search(r"<h1>(.*?)</h1>(.*?)</section>", page, re.DOTALL)
    assert found is not None
    return found[1], found[2], page


@pytest.mark.parametrize(
    ("language", "only_the_code"),
    [
        (Language.KY, "Сүрөттөгү код гана текшерилди"),
        (Language.RU, "Проверен только код на снимке"),
        (Language.EN, "Only the code in the picture was checked"),
    ],
)
async def test_picture_gets_the_verdict_of_its_code_and_says_so(
    site: Website, paper: IssuedPaper, language: Language, only_the_code: str
) -> None:
    by_code = await (await site.get(f"/verify/{paper.code}?lang={language}")).text()
    photo = photograph(f"{PUBLIC_URL}/verify/{paper.code}", turned=20, quality=30)
    headline, below, page = await upload(site, photo, language)
    assert f"<h1>{headline}</h1>" in unescape(by_code)
    assert only_the_code in below
    assert re.findall(r'<li class="(\w+)">', page) == re.findall(r'<li class="(\w+)">', by_code)
    assert paper.number in page


async def test_code_that_leads_elsewhere_is_named_and_nothing_of_it_is_markup(site: Website) -> None:
    forged = f"https://papers.university.example.evil.kg<script>/verify/{UNKNOWN_CODE}"
    form = FormData()
    form.add_field("file", photograph(forged), filename="x.jpg", content_type="image/jpeg")
    page = await (await site.post("/verify?lang=en", form)).text()
    assert "<h1>The QR code leads elsewhere. Do not trust the paper.</h1>" in page
    assert "It leads to papers.university.example.evil.kg&lt;script&gt;. That is not the university." in page
    assert "lead only to papers.university.example/verify or to the bot @kabarchy_test_bot." in page
    assert '<section class="verdict bad">' in page


async def test_other_pictures_say_what_to_do(site: Website, paper: IssuedPaper) -> None:
    answers = {
        "No QR code was found in the picture.": (photograph(), "in good light"),
        "The picture shows the QR codes of different certificates.": (
            photograph(paper.code, UNKNOWN_CODE), "one certificate at a time"
        ),
        "The QR code in the picture is not that of a certificate of ours.": (
            photograph("WIFI:S:guest;;"), "lead only to papers.university.example/verify"
        ),
        "The picture cannot be read: it is damaged, too large or of an unknown sort.": (bomb(30_000), "JPEG or PNG"),
        "There is no such certificate in our register.": (
            photograph(f"https://t.me/{BOT_NAME}?start=v_{UNKNOWN_CODE}"), "7K3QX-9MVP2-RTABC-DE123"
        ),
    }  # fmt: skip
    for headline, (content, advice) in answers.items():
        said, below, page = await upload(site, content)
        assert said == headline
        assert advice in below
        assert page.count("<li class=") == (7 if said.startswith("There is no such") else 0)


@pytest.mark.parametrize("language", list(Language))
async def test_page_and_form_tell_how_to_check_the_page_itself(
    site: Website, paper: IssuedPaper, language: Language
) -> None:
    for path, link in (
        ("/verify", f'href="https://t.me/{BOT_NAME}"'),
        (f"/verify/{paper.code}", f'href="https://t.me/{BOT_NAME}?start=v_{paper.code}"'),
    ):
        footer = (await (await site.get(f"{path}?lang={language}")).text()).partition("<footer")[2]
        assert f"{PUBLIC_URL}/verify" in footer
        assert f"@{BOT_NAME}" in footer
        assert link in footer


async def test_form_takes_pdf_and_pictures_and_is_labelled(site: Website) -> None:
    page = await (await site.get("/verify?lang=en")).text()
    [field] = re.findall(r'<input id="file"[^>]*>', page)
    assert 'accept="application/pdf,.pdf,image/*"' in field
    assert "capture" not in field, "a phone offers its camera and its gallery"
    assert 'aria-describedby="file-hint"' in field
    assert '<label for="file">PDF file of the certificate, or a picture of its QR code</label>' in page


async def test_three_sentences_for_three_fates(site: Website) -> None:
    fates = {
        "update certificates set status = 'revoked' where code = :c": "has been revoked",
        "update certificates set status = 'superseded' where code = :c": "has been replaced",
        "update people set status = 'expelled' where id = (select person_id from certificates where code = :c)": (
            "the facts stated in it have changed since"
        ),
    }
    for statement, sentence in fates.items():
        issued = await site.issue()
        await site.execute(statement, c=issued.code)
        page = await (await site.get(f"/verify/{issued.code}?lang=en")).text()
        assert [other in page for other in fates.values()] == [other == sentence for other in fates.values()]
        assert "expelled" not in page


REPLACED = {
    Language.KY: (
        "Бул маалымкат жаңысы менен алмаштырылды. Жаңысынын номери: 2026-00077. "
        "Алмаштырылган күнү: 2026-жылдын 25-ноябры"
    ),
    Language.RU: "Эта справка заменена новой. Номер новой: 2026-00077. Дата замены: 25 ноября 2026 г.",
    Language.EN: "This certificate has been replaced. New number: 2026-00077. Replaced on: 25 November 2026",
}  # fmt: skip


@pytest.mark.parametrize("language", list(Language))
async def test_chat_and_page_name_the_new_number_and_the_chat_leads_to_the_page(
    site: Website, paper: IssuedPaper, language: Language
) -> None:
    given, i18n = site.container.given, site.container.i18n
    verdict = await given.verification.verify_code(paper.code)
    assert verdict.certificate is not None
    certificate = replace(verdict.certificate, replaced_by="2026-00077", replaced_on=date(2026, 11, 25))
    verdict = replace(verdict, kind=VerdictKind.SUPERSEDED, certificate=certificate)
    painter = VerdictPainter(given.paper_words, given.dates, given.links)
    with i18n.context(), i18n.use_locale(language.value):
        reader = Reader(language=language, words=given.paper_words, dates=given.dates)
        chat = verdict_text(verdict, reader, given.links).replace("\N{NO-BREAK SPACE}", " ")
        view = painter.view(verdict, language, site.clock.now(), of_file=False)
    assert REPLACED[language] in chat
    assert REPLACED[language] == view.advice[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "2026-00077" in [line.value for line in view.lines]
    link = f'<a href="{PUBLIC_URL}/verify/{paper.code}">papers.university.example/verify</a>'
    assert chat.splitlines()[-1].endswith(link)


async def test_key_that_was_not_valid_is_not_called_a_change_of_the_file(site: Website, paper: IssuedPaper) -> None:
    given, i18n = site.container.given, site.container.i18n
    verdict = await given.verification.verify_file(paper.pdf)
    verdict = replace(verdict, kind=VerdictKind.ALTERED, checks={**verdict.checks, Check.KEY_VALID_THEN: False})
    painter = VerdictPainter(given.paper_words, given.dates, given.links)
    with i18n.context(), i18n.use_locale("en"):
        reader = Reader(language=Language.EN, words=given.paper_words, dates=given.dates)
        chat = verdict_text(verdict, reader, given.links)
        view = painter.view(verdict, Language.EN, site.clock.now(), of_file=True)
    sentence = "The signature does not count: the key was not valid when it was made. Do not trust the file."
    assert chat.startswith(f"⛔ <b>{sentence}</b>")
    assert (view.headline, view.tone) == (sentence, "bad")
    assert view.advice == ["Ask the office named below."]
