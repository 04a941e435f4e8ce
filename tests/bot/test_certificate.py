"""A certificate asked for in chat, signed and delivered."""

import asyncio

import pytest

from services.languages import Language
from tests.support.journeys import KIND, looks_at_confirmation, name_of, orders, printed, receives, said
from tests.support.people import AIZADA, NURLAN
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))

_TOAST = {Language.KY: "Даярдалууда…", Language.RU: "Готовится…", Language.EN: "Being prepared…"}
_ON_PAPER = {
    Language.KY: ("МААЛЫМКАТ", "Маматова Айзада Бакытовна", "Талап кылынган жерге көрсөтүү үчүн берилди."),
    Language.RU: ("СПРАВКА", "Маматова Айзада Бакытовна", "Выдана для предъявления по месту требования."),
    Language.EN: ("CERTIFICATE", "Mamatova Aizada", "Issued for presentation where required."),
}


@EVERY_LANGUAGE
async def test_three_taps_bring_a_signed_paper_in_the_readers_language(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)

    await aizada.says("/certificate")
    await aizada.taps(KIND[language])
    assert aizada.buttons[0] == name_of(language, reader=language)
    await aizada.taps(name_of(language, reader=language))
    assert _ON_PAPER[language][1] in aizada.sees
    await aizada.taps(said(language, "✅ Confirm"))

    assert aizada.tap_answer == {"text": _TOAST[language], "show_alert": False}
    paper = await aizada.document()
    ((number,),) = await telegram.rows(
        "select number from certificates c join people p on p.id = c.person_id where person_no = :no",
        no=aizada.person_no,
    )
    assert paper.name == f"study-{number}-{language.value}.pdf"
    assert KIND[language] in paper.caption
    assert number in paper.caption
    text = printed(paper)
    assert all(words in text for words in (*_ON_PAPER[language], number))


async def test_the_last_tap_is_answered_before_the_paper_is_printed(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    await orders(aizada)
    await aizada.document()

    methods = [call.method for call in telegram.world.calls if _concerns(call.params, aizada.id, aizada.last_tap)]
    assert methods.index("sendDocument") > len(methods) - 1 - methods[::-1].index("answerCallbackQuery")
    ordered = next(message["text"] for message in reversed(aizada.messages) if "text" in message)
    assert "✅" in ordered  # as true when the document has come as before
    assert "⏳" not in ordered


@EVERY_LANGUAGE
async def test_a_paper_may_be_in_another_language_than_the_chat(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.RU)
    paper = await receives(aizada, paper=language, reader=Language.RU)
    assert _ON_PAPER[language][0] in printed(paper)
    assert "Ваша справка готова" in paper.caption


async def test_a_double_tap_issues_one_certificate_and_sends_one_document(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    await looks_at_confirmation(aizada, Language.KY, Language.KY)
    screen = aizada.screen
    for _ in range(5):
        await aizada.taps_on(screen, "Ырастоо", wait=False)
    await aizada.waits()
    await aizada.document()

    assert await telegram.value("select count(*) from messages where chat_id = :chat", chat=aizada.id) == 1
    assert len(aizada.papers) == 1
    assert await _certificates(telegram, aizada.person_no) == 1


async def test_asking_again_the_same_day_brings_the_same_number_and_bytes(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    first = await receives(aizada, Language.EN, Language.EN)
    second = await receives(aizada, Language.EN, Language.EN)

    assert second.content == first.content
    assert second.caption == first.caption
    assert any("Here is the same document" in message.get("text", "") for message in aizada.messages)
    assert await _certificates(telegram, aizada.person_no) == 1


async def test_changed_facts_make_a_new_certificate(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA)
    first = await receives(aizada)
    await telegram.execute("update people set course = 3 where person_no = :no", no=aizada.person_no)
    second = await receives(aizada)
    assert second.name != first.name
    assert await _certificates(telegram, aizada.person_no) == 2


async def test_marks_and_emoji_in_a_name_are_shown_as_they_are(telegram: Telegram) -> None:
    daniyar = await telegram.meet("Данияр", NURLAN, Language.RU, first_name="<b>Данияр</b>&amp;", patronymic="")
    await daniyar.starts()
    assert "Асан уулу <b>Данияр</b>&amp;" in daniyar.sees
    await looks_at_confirmation(daniyar, Language.RU, Language.RU)
    assert "Асан уулу <b>Данияр</b>&amp;" in daniyar.sees
    await daniyar.taps("Подтвердить")
    paper = await daniyar.document()
    assert "Асан уулу <b>Данияр</b>&amp;" in printed(paper)


async def test_people_who_ask_at_the_same_time_get_numbers_without_a_gap(telegram: Telegram) -> None:
    friends = [await telegram.meet(f"Студент {number}", AIZADA) for number in range(12)]
    await asyncio.gather(*(orders(friend) for friend in friends))
    await asyncio.gather(*(friend.document() for friend in friends))
    serials = [serial for (serial,) in await telegram.rows("select serial from certificates order by serial")]
    assert serials == list(range(1, len(serials) + 1))


def _concerns(params: dict[str, object], chat_id: int, tap_id: str) -> bool:
    return params.get("callback_query_id") == tap_id or str(params.get("chat_id")) == str(chat_id)


async def _certificates(telegram: Telegram, person_no: str) -> int:
    count: int = await telegram.value(
        "select count(*) from certificates c join people p on p.id = c.person_id where person_no = :no", no=person_no
    )
    return count
