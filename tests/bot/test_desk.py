"""The desk in chat: a request is taken, filled, looked at and approved, and everything that may come between."""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count

import pytest

from services.access import OPERATOR, Actor, Role
from services.languages import Language, Trilingual
from services.ports import SystemClock
from services.requests.dto import CertificateRequest
from services.units.dto import UnitEntry, UnitKind
from tests.support.friends import Friend
from tests.support.journeys import begun, printed, said
from tests.support.papers import BishkekCalendar
from tests.support.people import AIZADA, BAKYT
from tests.support.telegram import Telegram

EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))
STATE = "select state, taken_by, desk, entered, promised_on from certificate_requests where id = :number"
RECEIPT = b"\x89PNG\r\n\x1a\n receipt"
_screens = count(1)
UNITS = [
    UnitEntry(
        code=code, name=Trilingual(ky=name, ru=name, en=name), abbreviation="", kind=UnitKind.UNIT, parent_code="",
        aliases=(),
    )
    for code, name in {"accounting": "Бухгалтерия", "ob": "Окуу башкармалыгы"}.items()
]  # fmt: skip


@pytest.fixture(autouse=True)
async def empty_desks(telegram: Telegram) -> AsyncIterator[None]:
    """The desks are units of the university, and nothing is left over from another story."""
    async with telegram.unit_of_work() as uow:
        await uow.units.put(UNITS)
        await uow.commit()
    await telegram.execute("delete from certificate_requests")
    yield
    await telegram.execute("delete from certificate_requests")


async def registrar(telegram: Telegram, language: Language, unit: str | None = "accounting") -> Friend:
    """Somebody who sits at a desk, or at every one."""
    bakyt = await telegram.meet("Бакыт", BAKYT, language)
    await telegram.bot.given.roles.grant(OPERATOR, str(bakyt.id), Role.REGISTRAR, unit)
    await bakyt.hears(lambda: bakyt.messages)
    return bakyt


async def actor(telegram: Telegram, friend: Friend) -> Actor:
    """Who writes."""
    return await telegram.bot.given.accounts.recognise(friend.id, None)


async def asks(
    telegram: Telegram, friend: Friend, kind: str = "scholarship", *, language: Language = Language.KY, **given: str
) -> CertificateRequest:
    """Somebody asked for a certificate before the story begins."""
    given = given or ({"scope": "now"} if kind == "scholarship" else {})
    requests, screen = telegram.bot.given.requests, f"story {next(_screens)}"
    mine = await requests.submit(await actor(telegram, friend), kind, language, given=given, screen=screen)
    return mine.request


async def opens_desk(friend: Friend, language: Language) -> None:
    await friend.says("/admin")
    await friend.taps(said(language, "📥 Certificate requests"))


async def takes(friend: Friend, language: Language = Language.EN) -> None:
    await opens_desk(friend, language)
    await friend.taps(said(language, "▶️ Take the next"))


async def skips(friend: Friend, language: Language, times: int) -> None:
    for _time in range(times):
        await friend.taps(said(language, "⏭ Leave it out"))


@EVERY_LANGUAGE
async def test_request_goes_from_its_receipt_to_the_signed_paper(telegram: Telegram, language: Language) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    bakyt = await registrar(telegram, language, "ob")
    request = await asks(telegram, aizada, "academic", recipient="<b>КТУ</b>")
    await telegram.bot.given.requests.send_receipt(await actor(telegram, aizada), request.id, RECEIPT)

    await opens_desk(bakyt, language)
    assert "🧾" in bakyt.sees
    await bakyt.taps(said(language, "Receipts"))
    await bakyt.taps("Маматова")
    await bakyt.taps(said(language, "🧾 See the receipt"))
    assert begun(language, "🧾 Receipt: {person}") in bakyt.messages[-2]["caption"]
    await bakyt.taps(said(language, "✅ The fee is paid"))
    assert begun(language, "✅ The fee is confirmed") in bakyt.sees
    assert "<b>КТУ</b>" in bakyt.sees
    await aizada.hears(lambda: begun(language, "✅ Your payment was confirmed: <b>{kind}</b>") in aizada.sees)

    await bakyt.taps(said(language, "✋ Take it"))
    assert said(language, "👤 You have taken it.") in bakyt.sees
    assert begun(language, "❗ {fact}: missing") in bakyt.sees
    await bakyt.taps(begun(language, "✏️ Fill in ({count} missing)"))
    await bakyt.says("30.10.2026")
    await skips(bakyt, language, 1)
    await bakyt.says("2,5")
    assert begun(language, "There are too many digits after the point: at most {limit}.") in bakyt.sees
    await bakyt.says("2")
    await bakyt.says("Физика; 150; 5; 4\nХимия; 150; 5")
    assert begun(language, "Row {row}: {problem}") in bakyt.sees
    await bakyt.says("Физика; 150; 5; 4")
    assert said(language, "Entered so far; what you send now is added below:") in bakyt.sees
    await bakyt.says("Химия\t120\t4\t5")
    assert "2) Химия; 120; 4;" in bakyt.sees
    await bakyt.taps(said(language, "✔️ These are all"))
    await skips(bakyt, language, 5)
    await bakyt.taps(
        {Language.KY: "өз каалоосу", Language.RU: "по собственному", Language.EN: "at own request"}[language]
    )

    await bakyt.taps(said(language, "👁 Preview"))
    assert begun(language, "Preview, page {page} of {pages}: not signed, not valid") in bakyt.messages[-2]["caption"]
    await bakyt.taps(said(language, "✅ Approve"))
    assert begun(language, "✅ Approved: certificate No. {number}.") in bakyt.sees
    assert said(language, "Nobody waits at this desk. 🎉") in bakyt.sees
    paper = printed(await aizada.document())
    for words in ("Химия", "өз каалоосу боюнча", "<b>КТУ</b>"):
        assert words in paper


async def test_two_officials_never_work_on_one_request_and_the_second_is_told_who_does(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    first, second = [await registrar(telegram, Language.EN) for _one in range(2)]
    request = await asks(telegram, aizada)
    for friend in (first, second):
        await opens_desk(friend, Language.EN)
        await friend.taps("Маматова")
    await first.taps("Take it")
    await second.taps("Take it")
    assert second.tap_answer["text"] == "A colleague is working on this request: Токтогулов Бакыт Эркинович"
    assert "Taken by: Токтогулов Бакыт Эркинович" in second.sees
    assert second.buttons == ["↩️ Put it back", "← Queue", "☰ Menu"]
    await second.taps("← Queue")
    assert "Take the next" not in " ".join(second.buttons)
    (state,) = await telegram.rows(STATE, number=request.id)
    assert state[:2] == ("taken", first.id)


async def test_screen_that_is_out_of_date_approves_nothing_and_is_shown_anew(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    bakyt = await registrar(telegram, Language.EN)
    request = await asks(telegram, aizada)
    await takes(bakyt)
    await bakyt.taps("Fill in")
    await bakyt.taps("was not awarded or paid")
    old = bakyt.screen
    await bakyt.taps("Enter or change")
    await bakyt.taps("Scholarship: ")
    await bakyt.taps("is or was paid")
    await bakyt.taps_on(old, "✅ Approve")
    assert "has changed since this screen was shown" in bakyt.tap_answer["text"]
    assert "Fill in (1 missing)" in " ".join(bakyt.buttons)
    (state,) = await telegram.rows(STATE, number=request.id)
    assert (state[0], state[3]) == ("taken", {"result": "paid"})


async def test_question_and_its_answer_come_and_go(telegram: Telegram) -> None:
    language = Language.RU
    aizada = await telegram.meet("Айзада", AIZADA, language)
    bakyt = await registrar(telegram, language)
    request = await asks(telegram, aizada)
    await takes(bakyt, language)
    await bakyt.taps(said(language, "❓ Ask the person"))
    await bakyt.sends_file(b"%PDF-1.7 question")
    assert begun(language, "Please write it in words, at most {limit} signs, or /cancel.") in bakyt.sees
    await bakyt.says("Кайсы <семестр>?")
    assert said(language, "❓ The person is asked. The answer brings the request back.") in bakyt.sees
    await aizada.hears(lambda: "Кайсы <семестр>?" in aizada.sees)
    await telegram.bot.given.requests.answer(await actor(telegram, aizada), request.id, "<b>биринчи</b>")
    await bakyt.hears(
        lambda: begun(language, "💬 Your question about request No. {number} was answered.") in bakyt.sees
    )
    await bakyt.taps(said(language, "📥 Open the request"))
    assert "<b>биринчи</b>" in bakyt.sees


@pytest.mark.parametrize(("language", "ready"), [(Language.KY, True), (Language.RU, False)])
async def test_person_reads_why_a_request_is_refused(telegram: Telegram, language: Language, ready: bool) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, language)
    bakyt = await registrar(telegram, Language.EN)
    request = await asks(telegram, aizada)
    await opens_desk(bakyt, Language.EN)
    await bakyt.taps("Маматова")
    await bakyt.taps("⛔ Refuse")
    words = "Стипендия <жок>"
    if ready:
        await bakyt.taps("The records do not show it")
        words = said(language, "The university’s records do not show what this certificate would state.")
    else:
        await bakyt.says(words)
    assert "The request is refused; the person is told why." in bakyt.sees
    await aizada.hears(lambda: words in aizada.sees)
    (state,) = await telegram.rows(STATE, number=request.id)
    assert state[0] == "refused"


async def test_wrong_request_is_handed_over_with_its_clock_running(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    bakyt = await registrar(telegram, Language.EN)
    request = await asks(telegram, aizada)
    await takes(bakyt)
    card = bakyt.screen
    await bakyt.taps("Another desk")
    await bakyt.taps("Study Office")
    assert "Handed over: Study Office. The person is told." in bakyt.sees
    (state,) = await telegram.rows(STATE, number=request.id)
    assert state == ("waiting", None, "ob", {}, request.promised_on)
    await aizada.hears(lambda: "Study Office" in aizada.sees)
    await bakyt.taps_on(card, "⛔ Refuse")
    assert bakyt.tap_answer["text"] == "This request is answered by another desk."


async def test_registrar_of_another_desk_sees_only_their_own(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    bakyt, gulnara = await registrar(telegram, Language.EN), await registrar(telegram, Language.EN, "ob")
    await asks(telegram, aizada)
    await opens_desk(bakyt, Language.EN)
    queue = bakyt.screen
    await bakyt.taps("Маматова")
    await opens_desk(gulnara, Language.EN)
    assert "Nobody waits at this desk." in gulnara.sees
    foreign = [
        button
        for screen in (queue, bakyt.screen)
        for row in screen["reply_markup"]["inline_keyboard"]
        for button in row
    ]
    seen = len(gulnara.messages)
    for button in foreign:
        if not button["callback_data"].startswith(("go:", "dx:", "wg:")):
            await gulnara.presses(gulnara.screen["message_id"], button["callback_data"])
            assert gulnara.tap_answer["show_alert"], button
    assert (len(gulnara.messages), "Nobody waits at this desk." in gulnara.sees) == (seen, True)
    await aizada.presses(aizada.world.send_text(aizada.id, "hello")["message_id"], "dq:accounting")
    assert aizada.tap_answer["show_alert"]


async def test_cancelled_form_leaves_the_request_as_it_was(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    bakyt = await registrar(telegram, Language.EN)
    request = await asks(telegram, aizada)
    await takes(bakyt)
    await bakyt.taps("Fill in")
    question = bakyt.screen
    await bakyt.says("/cancel")
    await bakyt.says("was not awarded or paid")
    assert "I did not understand that." in bakyt.sees
    await bakyt.taps_on(question, "was not awarded or paid")
    assert bakyt.tap_answer["text"] == "This screen is out of date."
    (state,) = await telegram.rows(STATE, number=request.id)
    assert (state[0], state[3]) == ("taken", {})
    await bakyt.taps_on(question, "← Back")
    card = next(message for message in bakyt.messages if message["message_id"] == question["message_id"])
    await bakyt.taps_on(card, "Put it back")
    (state,) = await telegram.rows(STATE, number=request.id)
    assert state[:2] == ("waiting", None)


async def test_who_sits_at_several_desks_chooses_and_sees_what_is_urgent(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    bakyt = await registrar(telegram, Language.EN, None)
    request = await asks(telegram, aizada)
    await telegram.execute(
        "update certificate_requests set promised_on = :day where id = :number",
        day=BishkekCalendar().today(SystemClock().now()) - timedelta(days=1), number=request.id,
    )  # fmt: skip
    await opens_desk(bakyt, Language.EN)
    await bakyt.taps("Accounting Office · 1 · 🔴 1")
    assert "🔴 late: 1" in bakyt.sees
    await bakyt.taps("Mine")
    assert "You have taken no request." in bakyt.sees
    await bakyt.taps("Late")
    assert "1. 🔴 Маматова Айзада Бакытовна" in bakyt.sees


async def test_unit_without_a_kind_is_told_so(telegram: Telegram) -> None:
    bakyt = await registrar(telegram, Language.EN, "mti")
    await opens_desk(bakyt, Language.EN)
    assert "No kind of certificate is answered by your unit yet." in bakyt.sees


async def test_deputy_sits_at_the_desk_while_the_days_last(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    deputy = await telegram.meet("Бакыт", BAKYT, Language.EN)
    principal = await telegram.meet("Бакыт", BAKYT, Language.EN)
    today, roles = BishkekCalendar().today(SystemClock().now()), telegram.bot.given.roles
    held = await roles.grant(OPERATOR, str(principal.id), Role.REGISTRAR, "accounting")
    await asks(telegram, aizada)
    grant = await roles.appoint_deputy(OPERATOR, held.id, str(deputy.id), today, today)
    await deputy.hears(lambda: deputy.messages)
    await opens_desk(deputy, Language.EN)
    await deputy.taps("Маматова")
    await telegram.execute(
        "update role_grants set valid_from = :day, valid_to = :day where id = :id",
        day=today - timedelta(days=1),
        id=grant.id,
    )
    await deputy.taps("Take it")
    assert deputy.tap_answer["show_alert"]
    await deputy.says("/admin")
    assert "📥 Certificate requests" not in deputy.buttons


async def test_many_are_approved_at_once_and_the_rest_is_told(telegram: Telegram) -> None:
    bakyt = await registrar(telegram, Language.EN)
    students = [
        await telegram.meet("Айзада", AIZADA, Language.EN, last_name=name) for name in ("Абаева", "Бекова", "Чокоева")
    ]
    numbers = [(await asks(telegram, student)).id for student in students]
    await telegram.execute(
        'update certificate_requests set entered = \'{"result": "not_paid"}\' where id = any(:numbers)',
        numbers=numbers[:2],
    )
    await opens_desk(bakyt, Language.EN)
    await bakyt.taps("Approve many")
    await bakyt.taps("Scholarship · 2/3")
    assert "Can be approved: 2" in bakyt.sees
    assert "• Чокоева Айзада Бакытовна – missing: Scholarship" in bakyt.sees
    await bakyt.taps("Approve 2")
    assert "✅ Approved: 2" in bakyt.sees
    assert "⏳ Approving: 0 of 2" in [call["text"] for call in bakyt.calls("editMessageText")]
    for student in students[:2]:
        await student.document()
    await bakyt.taps("← Queue")
    assert "Open: 1" in bakyt.sees


async def test_rest_of_many_is_approved_by_choosing_anew_after_a_crash(telegram: Telegram) -> None:
    bakyt = await registrar(telegram, Language.EN)
    students = [await telegram.meet("Айзада", AIZADA, Language.EN, last_name=name) for name in ("Абаева", "Бекова")]
    numbers = [(await asks(telegram, student)).id for student in students]
    await telegram.execute(
        'update certificate_requests set entered = \'{"result": "not_paid"}\' where id = any(:numbers)', numbers=numbers
    )
    await opens_desk(bakyt, Language.EN)
    await bakyt.taps("Approve many")
    await bakyt.taps("Scholarship · 2/2")
    desk, sitting = telegram.bot.given.desk, await actor(telegram, bakyt)
    await desk.approve(sitting, numbers[0], 1)  # what the process did before it died
    await opens_desk(bakyt, Language.EN)
    await bakyt.taps("Approve many")
    await bakyt.taps("Scholarship · 1/1")
    await bakyt.taps("Approve 1")
    assert bakyt.sees == "✅ Approved: 1"
    await bakyt.presses(bakyt.screen["message_id"], "fg:accounting:1")
    assert bakyt.tap_answer["text"] == "This screen is out of date."


async def test_report_about_many_names_who_was_left_out_since_the_list_was_shown(telegram: Telegram) -> None:
    bakyt = await registrar(telegram, Language.EN)
    names = ("Абаева", "Бекова", "Чокоева")
    students = [await telegram.meet("Айзада", AIZADA, Language.EN, last_name=name) for name in names]
    numbers = [(await asks(telegram, student)).id for student in students]
    await telegram.execute(
        'update certificate_requests set entered = \'{"result": "not_paid"}\' where id = any(:numbers)', numbers=numbers
    )
    await opens_desk(bakyt, Language.EN)
    await bakyt.taps("Approve many")
    await bakyt.taps("Scholarship · 3/3")
    given, sitting = telegram.bot.given, await actor(telegram, bakyt)
    await given.desk.approve(sitting, numbers[0], 1)  # by another tap
    await given.requests.withdraw(await actor(telegram, students[1]), numbers[1])
    await bakyt.taps("Approve 3")
    assert "✅ Approved: 2" in bakyt.sees
    assert "• Бекова Айзада Бакытовна – " in bakyt.sees


async def test_copy_on_paper_is_made_and_handed_out(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.EN)
    bakyt = await registrar(telegram, Language.EN)
    request = await asks(telegram, aizada)
    await takes(bakyt)
    await bakyt.taps("Fill in")
    await bakyt.taps("was not awarded or paid")
    await bakyt.taps("✅ Approve")
    await aizada.document()
    certificate = await telegram.value("select certificate_id from certificate_requests where id = :id", id=request.id)
    await telegram.bot.given.papers.want_paper_copy(await actor(telegram, aizada), certificate)
    await opens_desk(bakyt, Language.EN)
    await bakyt.taps("Paper copies 1")
    await bakyt.taps("Маматова")
    await bakyt.taps("The copy is ready")
    await aizada.hears(lambda: "paper copy of your certificate is ready" in aizada.sees)
    await bakyt.taps("Handed out")
    assert "Noted: the copy was handed out." in bakyt.sees


async def test_receipt_is_refused_with_a_reason_and_another_may_come(telegram: Telegram) -> None:
    aizada = await telegram.meet("Айзада", AIZADA, Language.RU)
    bakyt = await registrar(telegram, Language.EN, "ob")
    request = await asks(telegram, aizada, "academic")
    await telegram.bot.given.requests.send_receipt(await actor(telegram, aizada), request.id, b"%PDF-1.7 receipt")
    await opens_desk(bakyt, Language.EN)
    await bakyt.taps("Receipts")
    await bakyt.taps("Маматова")
    await bakyt.taps("See the receipt")
    assert bakyt.papers[-1].content == b"%PDF-1.7 receipt"
    await bakyt.taps("Refuse it")
    await bakyt.taps("Another amount")
    assert "The receipt is refused" in bakyt.sees
    await aizada.hears(lambda: said(Language.RU, "The amount on the receipt is not that of the fee.") in aizada.sees)
