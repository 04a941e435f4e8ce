"""Requests for certificates as their person makes and follows them."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotLinked, Role
from services.certificates.errors import AnswersMissing, FactsMissing, KindNotForYou, KindNotOffered, NotStudying
from services.certificates.fields import FieldRefused
from services.errors import Refusal
from services.languages import Language
from services.people.dto import PersonStatus
from services.requests import errors
from services.requests.dto import PaperCopy, QueueView, RequestState
from services.requests.rules import MOST_OPEN
from tests.support.clock import StandingClock
from tests.support.desks import ANSWERS, Desks
from tests.support.office import STRANGERS_PHONE, picture, rows, scalar
from tests.support.papers import GRANT, STUDY, TRANSCRIPT, UNPRINTABLE
from tests.support.people import AIZADA, NURLAN, changed

JPEG = b"\xff\xd8\xff\xe0 a receipt"
TOLD = (
    "select d.account_id, n.kind from notices n join deliveries d on d.notice_id = n.id"
    " where n.kind not in ('role_changed', 'link_moved') order by n.id"
)


async def issued(desks: Desks, actor: Actor) -> int:
    """Let the accounting approve a request of this person; return the certificate."""
    request = (await desks.ask(actor)).request
    cashier = await desks.cashier()
    await desks.desk.take(cashier, request.id)
    version = (await desks.desk.enter(cashier, request.id, "result", "no")).request.version
    return (await desks.desk.approve(cashier, request.id, version)).certificate_id


async def test_plan_says_what_is_asked_who_answers_and_until_when(desks: Desks, connection: AsyncConnection) -> None:
    aizada = await desks.aizada()
    before = await picture(connection)
    plan = await desks.requests.begin(aizada, GRANT.id, Language.KY)
    assert [rule.name for rule in plan.questions] == ["recipient", "purpose"]
    assert (plan.name, plan.at_once, plan.promised_on) == ("Маматова Айзада Бакытовна", False, date(2026, 11, 25))
    plan = await desks.requests.begin(aizada, GRANT.id, Language.KY, {"purpose": "other"})
    assert [rule.name for rule in plan.questions] == ["recipient", "purpose", "other_purpose"]
    plan = await desks.requests.begin(aizada, STUDY.id, Language.EN)
    assert (plan.at_once, plan.name, plan.promised_on) == (True, "Mamatova Aizada", None)
    plan = await desks.requests.begin(aizada, TRANSCRIPT.id, Language.KY)
    assert (plan.fee, plan.promised_on, plan.at_once) == (TRANSCRIPT.fee, None, False)
    assert await picture(connection) == before


async def test_request_waits_at_its_desk_with_a_promise(desks: Desks, connection: AsyncConnection) -> None:
    mine = await desks.ask(await desks.aizada())
    request = mine.request
    assert (request.state, request.desk, mine.place) == (RequestState.WAITING, "accounting", 1)
    assert (request.queued_at, request.promised_on) == (desks.office.clock.now(), date(2026, 11, 25))
    assert request.asked == ANSWERS
    second = await desks.ask(await desks.office.recognise(7001), screen="two", language=Language.RU)
    assert second.place == 2
    assert await rows(connection, TOLD) == []


async def test_one_screen_asks_once(busy_desks: Desks) -> None:
    aizada = await busy_desks.aizada()
    asked = await asyncio.gather(*(busy_desks.ask(aizada) for _ in range(4)))
    assert len({mine.request.id for mine in asked}) == 1


async def test_one_message_asks_for_one_certificate_after_the_other(desks: Desks) -> None:
    aizada = await desks.aizada()
    first = await desks.ask(aizada)
    others = [await desks.ask(aizada, TRANSCRIPT), await desks.ask(aizada, language=Language.RU)]
    given = {**ANSWERS, "recipient": "Демир Банк"}
    others.append(await desks.requests.submit(aizada, GRANT.id, Language.KY, given=given, screen="one"))
    assert len({mine.request.id for mine in (first, *others)}) == 4
    assert others[2].request.asked == given
    again = await desks.requests.submit(aizada, GRANT.id, Language.KY, given=given, screen="one")
    assert again.request.id == others[2].request.id
    await desks.requests.withdraw(aizada, first.request.id)
    anew = await desks.ask(aizada)
    assert (anew.request.state, anew.request.id > again.request.id) == (RequestState.WAITING, True)
    assert (await desks.ask(aizada)).request.id == anew.request.id


async def test_very_same_open_request_is_refused_and_so_are_too_many(desks: Desks, connection: AsyncConnection) -> None:
    aizada = await desks.aizada()
    first = await desks.ask(aizada)
    before = await picture(connection)
    with pytest.raises(errors.AskedAlready) as refused:
        await desks.ask(aizada, screen="two")
    assert refused.value.request_id == first.request.id
    assert await picture(connection) == before
    for number in range(1, MOST_OPEN):
        given = {**ANSWERS, "recipient": f"Банк {number}"}
        await desks.requests.submit(aizada, GRANT.id, Language.KY, given=given, screen=f"{number}")
    with pytest.raises(errors.TooManyRequests):
        await desks.ask(aizada, TRANSCRIPT, screen="one more")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({}, AnswersMissing),
        ({"purpose": "other"}, AnswersMissing),
        ({"purpose": "gold"}, FieldRefused),
        ({"purpose": "bank", "recipient": UNPRINTABLE}, FieldRefused),
    ],
)
async def test_answers_are_read_again_when_they_are_handed_in(
    desks: Desks, connection: AsyncConnection, given: dict[str, str], refusal: type[Refusal]
) -> None:
    aizada = await desks.aizada()
    before = await picture(connection)
    with pytest.raises(refusal):
        await desks.requests.submit(aizada, GRANT.id, Language.KY, given=given, screen="one")
    assert await picture(connection) == before


async def test_what_nobody_asked_for_is_not_kept(desks: Desks) -> None:
    given = {"purpose": "bank", "other_purpose": "Үй үчүн", "result": "yes", "name": "Башка"}
    mine = await desks.requests.submit(await desks.aizada(), GRANT.id, Language.KY, given=given, screen="one")
    assert mine.request.asked == {"purpose": "bank"}


async def test_typed_answer_is_read_by_its_rule(desks: Desks) -> None:
    aizada = await desks.aizada()

    async def read(fact: str, text: str) -> str:
        plan = await desks.requests.read_asked(aizada, GRANT.id, Language.KY, fact=fact, text=text, given={})
        return plan.given[fact]

    assert await read("recipient", " Бакай   Банк ") == "Бакай Банк"
    assert await read("purpose", "Банкка") == "bank"
    with pytest.raises(FieldRefused):
        await read("purpose", "казына")
    with pytest.raises(errors.FactNotAsked):
        await read("amount", "5")


async def test_roster_and_eligibility_are_examined_before_anything_is_asked(desks: Desks) -> None:
    aizada = await desks.aizada()
    with pytest.raises(KindNotOffered):
        await desks.requests.begin(aizada, "gone", Language.KY)
    await desks.office.enrol(changed(AIZADA, name_latin=""))
    with pytest.raises(FactsMissing):
        await desks.requests.begin(aizada, GRANT.id, Language.EN)
    await desks.office.enrol(changed(AIZADA, status=PersonStatus.LEAVE))
    with pytest.raises(NotStudying):
        await desks.requests.begin(aizada, GRANT.id, Language.KY)
    with pytest.raises((NotStudying, KindNotForYou)):
        await desks.ask(aizada)


async def test_kind_that_needs_no_desk_is_not_asked_of_one(desks: Desks) -> None:
    aizada = await desks.aizada()
    with pytest.raises(errors.IssuedAtOnce):
        await desks.requests.submit(aizada, STUDY.id, Language.KY, given={}, screen="one")
    promises = await desks.requests.list_promises(aizada, [STUDY, GRANT, TRANSCRIPT])
    assert promises == {GRANT.id: date(2026, 11, 25)}


async def test_strangers_and_others_see_and_change_nothing(desks: Desks, connection: AsyncConnection) -> None:
    aizada = await desks.aizada(NURLAN)
    request = (await desks.ask(aizada)).request
    certificate_id = (await desks.office.request(aizada)).id
    nurlan = await desks.office.connect(7002, NURLAN)
    stranger = await desks.office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    for actor, refusal in ((nurlan, errors.NoSuchRequest), (stranger, NotLinked)):
        for attempt in (
            desks.requests.get_mine(actor, request.id),
            desks.requests.withdraw(actor, request.id),
            desks.requests.answer(actor, request.id, "Ооба"),
            desks.requests.send_receipt(actor, request.id, JPEG),
            desks.papers.want_paper_copy(actor, certificate_id),
            desks.papers.send_file_again(actor, certificate_id, screen="one"),
            desks.papers.get_my_certificate(actor, certificate_id),
        ):
            with pytest.raises(refusal):
                await attempt
    with pytest.raises(NotLinked):
        await desks.papers.list_mine(stranger)
    with pytest.raises(NotLinked):
        await desks.ask(stranger)
    assert await picture(connection) == before


async def test_withdrawn_request_leaves_the_queue(desks: Desks) -> None:
    aizada = await desks.aizada()
    request = (await desks.ask(aizada)).request
    assert (await desks.requests.withdraw(aizada, request.id)).request.state is RequestState.WITHDRAWN
    for attempt in (
        desks.requests.withdraw(aizada, request.id),
        desks.requests.answer(aizada, request.id, "Ооба"),
        desks.requests.send_receipt(aizada, request.id, JPEG),
    ):
        with pytest.raises(errors.RequestClosed):
            await attempt
    assert (await desks.desk.list_queue(await desks.cashier(), "accounting")).counts.open == 0
    assert (await desks.ask(aizada, screen="two")).place == 1


async def test_only_what_was_asked_is_answered(desks: Desks) -> None:
    aizada = await desks.aizada()
    request = (await desks.ask(aizada)).request
    with pytest.raises(errors.NotAtThisStage):
        await desks.requests.answer(aizada, request.id, "Ооба")
    with pytest.raises(errors.WordsUnreadable):
        await desks.requests.answer(aizada, request.id, " ")
    with pytest.raises(errors.NotAtThisStage):
        await desks.requests.send_receipt(aizada, request.id, JPEG)


async def test_fee_is_paid_before_the_clock_runs(
    desks: Desks, connection: AsyncConnection, clock: StandingClock
) -> None:
    aizada = await desks.aizada()
    mine = await desks.ask(aizada, TRANSCRIPT)
    request = mine.request
    assert (request.state, request.promised_on, mine.place) == (RequestState.UNPAID, None, None)
    official = await desks.official()
    for attempt in (
        desks.counter.confirm_payment(official, request.id),
        desks.counter.refuse_receipt(official, request.id, "Жок"),
        desks.counter.get_receipt(official, request.id),
    ):
        with pytest.raises(errors.NoReceipt):
            await attempt
    with pytest.raises(errors.NotAtThisStage):
        await desks.desk.take(official, request.id)
    with pytest.raises(errors.ReceiptUnreadable):
        await desks.requests.send_receipt(aizada, request.id, b"GIF89a")
    await desks.requests.send_receipt(aizada, request.id, JPEG)
    assert (await desks.desk.list_queue(official, "study_office")).counts.receipts == 1
    receipt = await desks.counter.get_receipt(official, request.id)
    assert (receipt.content, receipt.mime) == (JPEG, "image/jpeg")
    looks = "select details->>'request' from audit_entries where act = 'person_looked_at'"
    assert await rows(connection, looks) == [(str(request.id),)]
    refused = await desks.counter.refuse_receipt(official, request.id, "Окулбайт")
    assert (refused.receipt_file_id, refused.receipt_refusal) == (None, "Окулбайт")
    await desks.requests.send_receipt(aizada, request.id, JPEG)
    clock.advance(days=2)
    paid = await desks.counter.confirm_payment(official, request.id)
    assert (paid.request.state, paid.request.promised_on) == (RequestState.WAITING, date(2026, 11, 30))
    with pytest.raises(errors.NotAtThisStage):
        await desks.counter.confirm_payment(official, request.id)
    assert await rows(connection, TOLD) == [(7001, "receipt_refused"), (7001, "payment_confirmed")]
    approved = await desks.desk.approve(official, request.id, paid.request.version)
    assert approved.number == "2026-00001"


async def test_receipt_that_was_used_before_is_shown_to_the_desk(desks: Desks) -> None:
    aizada = await desks.aizada()
    official = await desks.official()
    for screen, language in (("one", Language.KY), ("two", Language.RU)):
        request = (await desks.ask(aizada, TRANSCRIPT, screen=screen, language=language)).request
        await desks.requests.send_receipt(aizada, request.id, JPEG)
    assert (await desks.desk.open(official, request.id)).receipts_alike == 1


async def test_my_papers_are_open_requests_and_then_the_rest(desks: Desks, clock: StandingClock) -> None:
    aizada = await desks.aizada()
    certificate_id = await issued(desks, aizada)
    clock.advance(days=1)
    withdrawn = (await desks.ask(aizada, screen="two")).request
    await desks.requests.withdraw(aizada, withdrawn.id)
    open_ = (await desks.ask(aizada, TRANSCRIPT, screen="three")).request
    papers = await desks.papers.list_mine(aizada, page=5)
    assert [mine.request.id for mine in papers.requests] == [open_.id, withdrawn.id]
    assert [one.id for one in papers.certificates] == [certificate_id]
    assert (papers.page, papers.pages) == (0, 1)


async def test_copy_on_paper_is_wanted_made_and_fetched(desks: Desks, connection: AsyncConnection) -> None:
    aizada = await desks.aizada()
    certificate_id = await issued(desks, aizada)
    cashier = await desks.cashier(7004)
    for _ in range(2):
        wanted = await desks.papers.want_paper_copy(aizada, certificate_id)
    assert wanted.paper_copy is PaperCopy.WANTED
    (entry,) = (await desks.desk.list_queue(cashier, "accounting", view=QueueView.COPIES)).entries
    request_id = entry.request.id
    with pytest.raises(errors.NotAtThisStage):
        await desks.counter.paper_given(cashier, request_id)
    assert (await desks.counter.paper_ready(cashier, request_id)).paper_copy is PaperCopy.READY
    assert (await desks.counter.paper_given(cashier, request_id)).paper_copy is PaperCopy.GIVEN
    with pytest.raises(errors.NotAtThisStage):
        await desks.counter.paper_ready(cashier, request_id)
    assert await rows(connection, TOLD) == [(7001, "certificate_ready"), (7001, "paper_copy_ready")]


async def test_no_copy_is_made_or_handed_out_of_what_was_revoked(desks: Desks, connection: AsyncConnection) -> None:
    aizada = await desks.aizada()
    certificate_id = await issued(desks, aizada)
    cashier = await desks.cashier(7004)
    await desks.papers.want_paper_copy(aizada, certificate_id)
    (entry,) = (await desks.desk.list_queue(cashier, "accounting", view=QueueView.COPIES)).entries
    await rows(connection, "update certificates set status = 'revoked' returning id")
    queue = await desks.desk.list_queue(cashier, "accounting", view=QueueView.COPIES)
    assert (queue.entries, queue.counts.copies) == ((), 0)
    before = await picture(connection)
    with pytest.raises(errors.NoCopyOfThis):
        await desks.counter.paper_ready(cashier, entry.request.id)
    assert await picture(connection) == before
    await rows(connection, "update certificates set status = 'issued' returning id")
    await desks.counter.paper_ready(cashier, entry.request.id)
    await rows(connection, "update certificates set status = 'revoked' returning id")
    with pytest.raises(errors.NoCopyOfThis):
        await desks.counter.paper_given(cashier, entry.request.id)


async def test_certificate_that_nobody_decided_about_can_be_had_on_paper_too(desks: Desks) -> None:
    aizada = await desks.aizada()
    certificate = await desks.office.request(aizada)
    assert (await desks.papers.want_paper_copy(aizada, certificate.id)).paper_copy is PaperCopy.WANTED
    assert (await desks.papers.want_paper_copy(aizada, certificate.id)).paper_copy is PaperCopy.WANTED
    assert (await desks.desk.list_queue(await desks.official(), "study_office")).counts.copies == 1


async def test_file_comes_again_and_nothing_of_a_revoked_one(desks: Desks, connection: AsyncConnection) -> None:
    aizada = await desks.aizada()
    certificate_id = await issued(desks, aizada)
    await desks.office.printing.print_next()
    await desks.papers.send_file_again(aizada, certificate_id, screen="one")
    await desks.papers.send_file_again(aizada, certificate_id, screen="one")
    due = "select count(*) from messages where urgency = 'answer' and due_at is not null"
    assert await scalar(connection, due) == 2  # the first, and once again
    await rows(connection, "update certificates set status = 'revoked' returning id")
    for attempt in (
        desks.papers.send_file_again(aizada, certificate_id, screen="two"),
        desks.papers.want_paper_copy(aizada, certificate_id),
    ):
        with pytest.raises(errors.NoCopyOfThis):
            await attempt


async def test_person_who_moved_to_another_telephone_is_told_there(desks: Desks, connection: AsyncConnection) -> None:
    request = (await desks.ask(await desks.aizada())).request
    await desks.office.connect(7004, AIZADA)
    await desks.desk.refuse(await desks.cashier(), request.id, "Жок")
    assert await rows(connection, TOLD) == [(7004, "request_refused")]
    assert await desks.news.find_mine(request.id, 7004)
    assert await desks.news.find_mine(request.id, 7001) is None


async def test_desks_are_told_in_the_morning_of_a_working_day(
    desks: Desks, connection: AsyncConnection, clock: StandingClock
) -> None:
    aizada = await desks.aizada()
    await desks.ask(aizada)
    await desks.cashier()
    await desks.official()
    assert await desks.rounds.morning_summary() == 0  # a Saturday
    clock.advance(days=2, hours=-6)
    assert await desks.rounds.morning_summary() == 0  # not opened yet
    clock.advance(hours=3)
    assert await desks.rounds.morning_summary() == 1
    assert await desks.rounds.morning_summary() == 0
    await desks.ask(aizada, screen="two", language=Language.RU)
    clock.advance(days=1)
    assert await desks.rounds.morning_summary() == 1
    assert await rows(connection, TOLD) == [(7002, "desk_morning"), (7002, "desk_morning")]
    late = "select distinct late_after from notices where kind = 'desk_morning'"
    assert await scalar(connection, late) == timedelta(hours=4)  # never read on another day
    (desk,) = await desks.news.list_mornings(["accounting"], 7002, date(2026, 11, 25))
    assert (desk.counts.free, desk.counts.due_today, desk.counts.late) == (2, 1, 0)


async def test_report_of_a_wrong_fact_is_told_in_the_morning(desks: Desks, clock: StandingClock) -> None:
    aizada, office = await desks.aizada(), desks.office
    issued = await office.request(aizada)
    report = await office.reports.report(aizada, issued.id, "last_name", "Асанбаева")
    await desks.official()
    clock.advance(days=2)
    assert await desks.rounds.morning_summary() == 1
    (theirs, accounting) = await desks.news.list_mornings([report.desk, "accounting"], 7003, date(2026, 11, 23))
    assert (theirs.counts.reports, theirs.counts.open, accounting.counts.reports) == (1, 0, 0)


async def test_desk_without_a_registrar_of_its_own_is_told_through_the_universitys(
    desks: Desks, connection: AsyncConnection, clock: StandingClock
) -> None:
    await desks.ask(await desks.aizada())
    await desks.official()
    clock.advance(days=2)
    assert await desks.rounds.morning_summary() == 1
    assert await rows(connection, TOLD) == [(7003, "desk_morning")]


async def test_word_comes_once_on_the_working_day_before_a_promise_ends(
    desks: Desks, connection: AsyncConnection, clock: StandingClock
) -> None:
    aizada = await desks.aizada()
    request = (await desks.ask(aizada)).request  # promised by Wednesday
    holder = await desks.cashier()
    await desks.cashier(7004)
    clock.advance(days=2)
    assert await desks.rounds.warn_before_late() == 0
    await desks.desk.take(holder, request.id)
    clock.advance(days=1)
    assert await desks.rounds.warn_before_late() == 1
    assert await desks.rounds.warn_before_late() == 0
    assert await rows(connection, TOLD) == [(7002, "request_due_soon")]
    assert [due.id for due in await desks.news.list_due([request.id], 7002)] == [request.id]
    await desks.requests.withdraw(aizada, request.id)
    assert await desks.news.list_due([request.id], 7002) == []


async def test_request_that_came_back_to_a_desk_keeps_nobody_from_hearing_of_others(
    desks: Desks, connection: AsyncConnection, clock: StandingClock
) -> None:
    aizada = await desks.aizada()
    first = (await desks.ask(aizada)).request
    cashier, official = await desks.cashier(), await desks.official()
    clock.advance(days=3)
    assert await desks.rounds.warn_before_late() == 1
    await desks.desk.hand_over(cashier, first.id, "study_office")
    await desks.desk.hand_over(official, first.id, "accounting")
    second = (await desks.ask(aizada, screen="two", language=Language.RU)).request
    promised = "update certificate_requests set promised_on = :day where id = :id returning id"
    await rows(connection, promised, id=second.id, day=first.promised_on)
    assert await desks.rounds.warn_before_late() == 1
    told = "select payload -> 'request_ids' from notices where kind = 'request_due_soon' order by id"
    assert await rows(connection, told) == [([first.id],), ([first.id, second.id],)]


async def test_holder_who_left_the_desk_is_not_told_and_the_desk_is(
    desks: Desks, connection: AsyncConnection, clock: StandingClock
) -> None:
    aizada = await desks.aizada()
    request = (await desks.ask(aizada)).request
    holder, _colleague = await desks.cashier(), await desks.cashier(7004)
    await desks.desk.take(holder, request.id)
    clock.advance(days=3)
    assert [due.id for due in await desks.news.list_due([request.id], 7002)] == [request.id]
    assert await desks.news.list_due([request.id], 7004) == []
    assert await desks.news.find_held(request.id, 7002)
    await rows(connection, "delete from role_grants where telegram_id = 7002 returning id")
    assert await desks.rounds.warn_before_late() == 1
    assert await rows(connection, TOLD) == [(7004, "request_due_soon")]
    assert [due.id for due in await desks.news.list_due([request.id], 7004)] == [request.id]
    assert await desks.news.list_due([request.id], 7002) == []
    assert await desks.news.find_held(request.id, 7002) is None


async def test_administrator_who_holds_a_request_is_told_of_it(desks: Desks, clock: StandingClock) -> None:
    request = (await desks.ask(await desks.aizada())).request
    await desks.cashier()
    await desks.office.roles.grant(OPERATOR, "7004", Role.ADMIN)
    await desks.desk.take(await desks.office.recognise(7004), request.id)
    clock.advance(days=3)
    assert await desks.rounds.warn_before_late() == 1
    assert [due.id for due in await desks.news.list_due([request.id], 7004)] == [request.id]
    assert await desks.news.list_due([request.id], 7002) == []
