"""The first page: what this is, and the ways on."""

import pytest

from services.languages import Language
from tests.support.website import BOT_NAME, Website

_TITLE = {
    Language.KY: "Маалымкаттар Telegram аркылуу",
    Language.RU: "Справки в Telegram",
    Language.EN: "Certificates in Telegram",
}


@pytest.mark.parametrize("language", Language)
async def test_first_page_leads_to_the_verification_and_to_the_bot(site: Website, language: Language) -> None:
    answer = await site.get(f"/?lang={language.value}")
    page = await answer.text()
    assert (answer.status, answer.headers["Content-Language"]) == (200, language.value)
    assert f"<h1>{_TITLE[language]}</h1>" in page
    assert f'href="/verify?lang={language.value}"' in page
    assert f'href="https://t.me/{BOT_NAME}"' in page
    university = site.container.given.university
    assert university.study_office.name.get(language) in page


async def test_first_page_speaks_the_browsers_language(site: Website) -> None:
    page = await (await site.get("/", headers={"Accept-Language": "ru-RU,en;q=0.5"})).text()
    assert _TITLE[Language.RU] in page
    assert 'href="/verify"' in page
