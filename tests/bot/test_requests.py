"""A certificate that a desk decides about, asked for in chat, paid for, followed and taken back."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import URL

from bot.documents import university as university_file
from bot.documents.university import load
from bot.documents.university_model import University
from services.access import OPERATOR, Role
from services.languages import Language
from services.requests.dto import RequestState
from tests.support import database
from tests.support.friends import Friend
from tests.support.journeys import KIND, begun, name_of, said
from tests.support.papers import GRANT, TRANSCRIPT
from tests.support.people import AIZADA, NURLAN
from tests.support.telegram import Telegram, telegram_with_bot

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
RECEIPT = b"\xff\xd8\xff\xe0 a receipt"
BANK = "<b>Бакай</b> Банк & Ко"


def with_desks() -> University:
    """The shipped university with a kind that is approved and asks something, one that costs, one that only asks."""
    university = load()
    study = university.kinds["study"]
    recipient = GRANT.facts[1]
    asking = replace(study.kind, id="asking", name=GRANT.desk_name, facts=(*study.kind.facts, recipient))
    kinds = {kind.id: replace(study, kind=kind) for kind in (GRANT, TRANSCRIPT, asking)}
    return replace(university, kinds={"study": study, **kinds})


@pytest.fixture(scope="module")
async def desk_bot(
    postgres: URL, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Telegram]:
    """A bot of a university with such kinds."""
    settings = {"data_dir": tmp_path_factory.mktemp("desks"), "http_port": 0}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(university_file, "load", lambda _path: with_desks())
        async with database.clone(postgres, template_database) as url, telegram_with_bot(url, settings) as telegram:
            yield telegram


async def begins(friend: Friend, kind: str, language: Language) -> None:
    """Go to the first question, or to the confirmation."""
    await friend.says("/certificate")
    await friend.taps(kind)
    await friend.taps(name_of(language, reader=language))


async def state_of(telegram: Telegram, friend: Friend) -> str:
    """Return how far the newest request of somebody is."""
    return str(
        await telegram.value(
            "select r.state from certificate_requests r join people p on p.id = r.person_id"
            " where p.person_no = :no order by r.id desc limit 1",
            no=friend.person_no,
        )
    )


@EVERY_LANGUAGE
async def test_questions_are_answered_and_the_desk_has_the_request(desk_bot: Telegram, language: Language) -> None:
    aizada = await desk_bot.meet("Айзада", AIZADA, language)
    await aizada.says("/certificate")
    assert GRANT.desk_name.get(language) in aizada.sees
    await aizada.taps(GRANT.name.get(language))
    await aizada.taps(name_of(language, reader=language))
    assert said(language, "Choose one of the answers.") in aizada.sees
    await aizada.says("алтын")
    assert said(language, "This is none of the possible answers. Please choose one of them.") in aizada.sees
    await aizada.says("other")
    await aizada.taps(said(language, "← Back"))
    await aizada.taps("bank")
    await aizada.taps("➕")
    assert said(language, "This may be left out.") in aizada.sees
    await aizada.says(BANK)
    assert BANK in aizada.sees
    assert begun(language, "The answer comes by: ") in aizada.sees
    confirmation = aizada.screen
    await aizada.taps(said(language, "✅ Confirm"))
    assert begun(language, "✅ Your request was made") in aizada.sees
    assert said(language, "Place in the queue: {place}", place=1).rstrip("1") in aizada.sees
    await aizada.taps_on(confirmation, said(language, "✅ Confirm"))
    asked = await desk_bot.rows(
        "select asked, state from certificate_requests r join people p on p.id = r.person_id where p.person_no = :no",
        no=aizada.person_no,
    )
    assert asked == [({"recipient": BANK, "purpose": "bank"}, "waiting")]

    await aizada.taps(said(language, "📋 My requests"))
    await aizada.taps(GRANT.name.get(language))
    assert BANK in aizada.sees
    await aizada.taps(said(language, "↩️ Take the request back"))
    await aizada.taps(said(language, "↩️ Yes, take it back"))
    assert await state_of(desk_bot, aizada) == RequestState.WITHDRAWN


async def test_form_is_left_in_the_middle_and_its_buttons_do_nothing_any_more(desk_bot: Telegram) -> None:
    aizada = await desk_bot.meet("Айзада", AIZADA, Language.RU)
    await begins(aizada, GRANT.name.ru, Language.RU)
    choices = aizada.screen
    await aizada.taps("bank")
    await aizada.taps_on(choices, "bank")
    assert aizada.tap_answer["text"] == said(Language.RU, "That was an earlier step.")
    await aizada.taps("➕")
    await aizada.says(BANK)
    await aizada.taps("✏️")
    await aizada.taps(said(Language.RU, "⏭ Leave it out"))
    assert BANK not in aizada.sees
    confirmation = aizada.screen
    await aizada.says("что?")  # the last look stands again
    assert said(Language.RU, "✅ Confirm") in aizada.buttons
    await aizada.says("/cancel")
    await aizada.taps_on(choices, "bank")
    assert aizada.tap_answer["text"] == said(Language.RU, "That was an earlier step.")
    await aizada.taps_on(confirmation, said(Language.RU, "✅ Confirm"))
    assert aizada.tap_answer["show_alert"]
    nothing = "select count(*) from certificate_requests r join people p on p.id = r.person_id where p.person_no = :no"
    assert await desk_bot.value(nothing, no=aizada.person_no) == 0


async def test_fee_is_paid_and_the_receipt_sent_as_a_photo(desk_bot: Telegram) -> None:
    aizada = await desk_bot.meet("Айзада", AIZADA)
    await begins(aizada, TRANSCRIPT.name.ky, Language.KY)
    assert TRANSCRIPT.fee is not None
    assert TRANSCRIPT.fee.how_to_pay.ky in aizada.sees
    await aizada.taps(said(Language.KY, "✅ Confirm"))
    assert await state_of(desk_bot, aizada) == RequestState.UNPAID
    await aizada.taps(said(Language.KY, "📋 My requests"))
    await aizada.taps(TRANSCRIPT.name.ky)
    await aizada.taps(said(Language.KY, "🧾 Send the receipt"))
    await aizada.says("төлөдүм")
    assert said(Language.KY, "Send the receipt as a photo, a picture or a PDF, or /cancel.") in aizada.sees
    aizada.world.send_photo(aizada.id, RECEIPT)
    await aizada.waits()
    assert begun(Language.KY, "✅ Your receipt went to the desk") in aizada.sees


async def test_question_of_the_desk_is_answered_from_the_notice_and_the_paper_comes(desk_bot: Telegram) -> None:
    nurlan = await desk_bot.meet("Нурлан", NURLAN, Language.KY)
    await begins(nurlan, GRANT.name.ky, Language.KY)
    await nurlan.taps("bank")
    await nurlan.taps(said(Language.KY, "✅ Confirm"))
    request_id = await desk_bot.value(
        "select r.id from certificate_requests r join people p on p.id = r.person_id where p.person_no = :no",
        no=nurlan.person_no,
    )
    desk, official = desk_bot.bot.desks.desk, replace(OPERATOR, account_id=None)
    assert official.has(Role.ADMIN)
    await desk.return_with_question(official, request_id, "<i>Кайсы</i> банк?")
    await nurlan.hears(lambda: "<i>Кайсы</i> банк?" in nurlan.sees)
    await nurlan.taps(said(Language.KY, "✍️ Answer"))
    await nurlan.says("Бакай Банк")
    assert said(Language.KY, "✅ Your answer went to the desk.") in nurlan.sees


@EVERY_LANGUAGE
async def test_kind_that_only_asks_is_issued_at_once_and_the_file_comes_again(
    desk_bot: Telegram, language: Language
) -> None:
    aizada = await desk_bot.meet("Айзада", AIZADA, language)
    await aizada.says("/certificate")
    [label] = [button for button in aizada.buttons if button == GRANT.desk_name.get(language)]
    await aizada.taps(label)
    await aizada.taps(name_of(language, reader=language))
    await aizada.taps("➕")
    await aizada.says(BANK)
    await aizada.taps(said(language, "✅ Confirm"))
    paper = await aizada.document()
    facts = await desk_bot.value(
        "select facts->>'recipient' from certificates c join people p on p.id = c.person_id where person_no = :no",
        no=aizada.person_no,
    )
    assert facts == BANK
    assert paper.content.startswith(b"%PDF-")
    await aizada.says("/start")
    await aizada.taps(said(language, "📋 My requests"))
    await aizada.taps("✅")
    await aizada.taps(said(language, "📃 I need a paper copy"))
    assert begun(language, "📃 A paper copy is being made") in aizada.sees
    await aizada.taps(said(language, "📥 Send me the file again"))
    assert (await aizada.document(2)).content == paper.content


async def test_plain_kind_is_still_three_taps_away(desk_bot: Telegram) -> None:
    aizada = await desk_bot.meet("Айзада", AIZADA)
    await begins(aizada, KIND[Language.KY], Language.KY)
    await aizada.taps(said(Language.KY, "✅ Confirm"))
    assert (await aizada.document()).name.startswith("study-")
