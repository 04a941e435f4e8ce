"""A desk: its queue, who may see it, one request after the other, decisions."""

import asyncio
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotAllowed, Role
from services.certificates.fields import FieldRefused
from services.errors import Refusal
from services.languages import Language
from services.people.dto import PersonStatus
from services.requests import errors
from services.requests.dto import QueueView, RequestState
from tests.support.clock import StandingClock
from tests.support.desks import ACCOUNTING, ANSWERS, CASHIERS_PHONE, OTHER_CASHIERS_PHONE, Desks
from tests.support.office import STRANGERS_PHONE, picture, rows, scalar
from tests.support.papers import GRANT, STUDY, TRANSCRIPT, UNPRINTABLE
from tests.support.people import AIZADA, NURLAN, changed

STATE = "select state, taken_by, version from certificate_requests order by id"


async def test_request_goes_from_the_queue_to_the_certificate(desks: Desks, connection: AsyncConnection) -> None:
    asked = await desks.ask(await desks.aizada())
    cashier = await desks.cashier()
    queue = await desks.desk.list_queue(cashier, "accounting")
    assert [entry.person_name for entry in queue.entries] == ["Маматова Айзада Бакытовна"]
    assert (queue.counts.open, queue.counts.free, queue.counts.mine) == (1, 1, 0)
    taken = await desks.desk.take_next(cashier, "accounting")
    assert (taken.request.state, taken.mine, taken.lacking) == (RequestState.TAKEN, True, ("result",))
    filled = await desks.desk.enter(cashier, taken.request.id, "result", "алат")
    assert filled.lacking == ("amount",)
    filled = await desks.desk.enter(cashier, taken.request.id, "amount", "2 400,50")
    assert filled.request.entered == {"result": "yes", "amount": "2400.5"}
    assert await desks.desk.preview(cashier, taken.request.id)
    (paper,) = desks.preview.papers
    assert paper["number"] == "0000-00000"
    approved = await desks.desk.approve(cashier, taken.request.id, filled.request.version)
    assert approved.number == "2026-00001"
    facts = await scalar(connection, "select facts from certificates")
    assert facts == {"name": "Маматова Айзада Бакытовна", **ANSWERS, "result": "yes", "amount": "2400.5"}
    assert await office_message(connection) == [(7001, "certificate_ready", None)]
    assert await scalar(connection, "select certificate_id from certificate_requests") == approved.certificate_id
    assert (await desks.requests.get_mine(await desks.office.recognise(7001), asked.request.id)).place is None


async def office_message(connection: AsyncConnection) -> list[tuple[object, ...]]:
    return await rows(
        connection,
        "select d.account_id, n.kind, m.due_at from notices n join deliveries d on d.notice_id = n.id"
        " join messages m on m.id = d.message_id where n.kind not in ('role_changed', 'link_moved') order by n.id",
    )


async def test_desk_sees_what_the_kind_needs_and_nothing_else(desks: Desks, connection: AsyncConnection) -> None:
    asked = await desks.ask(await desks.aizada())
    shown = await desks.desk.open(await desks.cashier(), asked.request.id)
    assert [fact.rule.name for fact in shown.facts] == [rule.name for rule in GRANT.facts]
    assert (shown.person_name, shown.person_no) == ("Маматова Айзада Бакытовна", AIZADA.person_no)
    assert AIZADA.phone not in str(shown)
    assert str(AIZADA.birth_date) not in str(shown)
    looked = "select subject like 'person:%', details->>'request' from audit_entries where act = 'person_looked_at'"
    assert await rows(connection, looked) == [(True, str(asked.request.id))]


@pytest.mark.parametrize("who", ["stranger", "registrar of another desk", "the person"])
async def test_nobody_else_comes_near_a_desk(desks: Desks, connection: AsyncConnection, who: str) -> None:
    aizada = await desks.aizada()
    request = (await desks.ask(aizada)).request
    other = (await desks.ask(aizada, TRANSCRIPT, screen="two")).request
    actors = {
        "stranger": await desks.office.recognise(STRANGERS_PHONE),
        "registrar of another desk": await desks.cashier(),
        "the person": aizada,
    }
    actor, sits = actors[who], who == "registrar of another desk"
    before, mine = await picture(connection), other if sits else request
    tries = [
        desks.desk.open(actor, mine.id),
        desks.desk.take(actor, mine.id),
        desks.desk.release(actor, mine.id),
        desks.desk.enter(actor, mine.id, "result", "no"),
        desks.desk.add_rows(actor, mine.id, "result", "no"),
        desks.desk.preview(actor, mine.id),
        desks.desk.approve(actor, mine.id, 1),
        desks.desk.refuse(actor, mine.id, "Жок"),
        desks.desk.return_with_question(actor, mine.id, "Ким үчүн?"),
        desks.desk.hand_over(actor, mine.id, "accounting"),
        desks.counter.get_receipt(actor, mine.id),
        desks.counter.confirm_payment(actor, mine.id),
        desks.counter.refuse_receipt(actor, mine.id, "Башка"),
        desks.counter.paper_ready(actor, mine.id),
        desks.counter.paper_given(actor, mine.id),
    ]
    for attempt in tries:
        with pytest.raises(errors.AnotherDesk if sits else NotAllowed):
            await attempt
    for attempt in (
        desks.desk.list_queue(actor, "study_office"),
        desks.desk.take_next(actor, "study_office"),
        desks.desk.list_for_bulk(actor, "study_office"),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert await picture(connection) == before


async def test_registrar_of_a_unit_is_no_official_of_the_study_office(desks: Desks) -> None:
    await desks.aizada()
    cashier = await desks.cashier()
    with pytest.raises(NotAllowed):
        await desks.office.study_office.search(cashier, "Маматова")
    assert [one.desk for one in await desks.desk.list_desks(cashier)] == ["accounting"]
    assert [one.desk for one in await desks.desk.list_desks(await desks.official())] == ["study_office", "accounting"]


async def test_two_registrars_never_have_one_request(busy_desks: Desks) -> None:
    desks = busy_desks
    aizada = await desks.aizada()
    for number in range(3):
        given = {**ANSWERS, "recipient": f"Банк {number}"}
        await desks.requests.submit(aizada, GRANT.id, aizada.language, given=given, screen=str(number))
    one, other = await desks.cashier(), await desks.cashier(OTHER_CASHIERS_PHONE)
    taken = await asyncio.gather(
        *(desks.desk.take_next(actor, "accounting") for actor in (one, other, one, other)), return_exceptions=True
    )
    ids = [shown.request.id for shown in taken if not isinstance(shown, BaseException)]
    assert len(ids) == len(set(ids)) == 3
    assert [type(shown) for shown in taken if isinstance(shown, BaseException)] == [errors.NothingFree]


async def test_approving_twice_issues_once(busy_desks: Desks) -> None:
    desks = busy_desks
    await desks.ask(await desks.aizada())
    cashier = await desks.cashier()
    taken = await desks.desk.take_next(cashier, "accounting")
    version = (await desks.desk.enter(cashier, taken.request.id, "result", "no")).request.version
    ended = await asyncio.gather(
        *(desks.desk.approve(cashier, taken.request.id, version) for _ in range(3)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in ended) == ["Approved", "RequestClosed", "RequestClosed"]
    async with desks.office.reading() as uow:
        assert await uow.certificates.take_serial(2026) == 2


async def test_colleague_sees_who_holds_a_request_and_may_free_it(desks: Desks, connection: AsyncConnection) -> None:
    aizada = await desks.aizada(NURLAN)
    request = (await desks.ask(aizada)).request
    await desks.office.connect(7002, NURLAN)
    holder, colleague = await desks.cashier(), await desks.cashier(OTHER_CASHIERS_PHONE)
    await desks.desk.take(holder, request.id)
    assert (await desks.desk.take(holder, request.id)).mine  # a second tap changes nothing
    for attempt in (
        desks.desk.take(colleague, request.id),
        desks.desk.enter(colleague, request.id, "result", "no"),
        desks.desk.approve(colleague, request.id, 2),
        desks.desk.refuse(colleague, request.id, "Жок"),
        desks.desk.return_with_question(colleague, request.id, "Ким үчүн?"),
        desks.desk.hand_over(colleague, request.id, "study_office"),
    ):
        with pytest.raises(errors.HeldByAnother) as refused:
            await attempt
        assert refused.value.holder.startswith(NURLAN.last_name)
    assert (await desks.desk.release(colleague, request.id)).request.state is RequestState.WAITING
    assert await rows(connection, STATE) == [("waiting", None, 3)]
    with pytest.raises(errors.NotHeld):
        await desks.desk.enter(holder, request.id, "result", "no")


async def test_what_changed_since_the_screen_is_not_approved(desks: Desks, connection: AsyncConnection) -> None:
    request = (await desks.ask(await desks.aizada())).request
    cashier = await desks.cashier()
    seen = (await desks.desk.take(cashier, request.id)).request.version
    await desks.desk.enter(cashier, request.id, "result", "no")
    before = await picture(connection)
    with pytest.raises(errors.RequestChanged):
        await desks.desk.approve(cashier, request.id, seen)
    assert await picture(connection) == before


async def test_request_is_not_approved_while_the_desk_lacks_a_fact(desks: Desks) -> None:
    request = (await desks.ask(await desks.aizada())).request
    cashier = await desks.cashier()
    with pytest.raises(errors.FactsNotEntered) as refused:
        await desks.desk.approve(cashier, request.id, request.version)
    assert refused.value.facts == ("result",)


@pytest.mark.parametrize(
    ("fact", "text", "refusal"),
    [
        ("result", "балким", FieldRefused),
        ("amount", "-5", FieldRefused),
        ("recipient", UNPRINTABLE, FieldRefused),
        ("name", "Башка", errors.FactNotAsked),
        ("shoe_size", "42", errors.FactNotAsked),
    ],
)
async def test_fact_that_cannot_stand_on_the_paper_is_refused(
    desks: Desks, connection: AsyncConnection, fact: str, text: str, refusal: type[Refusal]
) -> None:
    request = (await desks.ask(await desks.aizada())).request
    cashier = await desks.cashier()
    await desks.desk.take(cashier, request.id)
    before = await picture(connection)
    with pytest.raises(refusal):
        await desks.desk.enter(cashier, request.id, fact, text)
    assert await picture(connection) == before


async def test_fact_that_lost_its_place_goes_and_an_empty_text_takes_one_away(desks: Desks) -> None:
    request = (await desks.ask(await desks.aizada())).request
    cashier = await desks.cashier()
    await desks.desk.take(cashier, request.id)
    await desks.desk.enter(cashier, request.id, "result", "yes")
    await desks.desk.enter(cashier, request.id, "amount", "100")
    filled = await desks.desk.enter(cashier, request.id, "result", "no")
    assert (filled.request.entered, filled.lacking) == ({"result": "no"}, ())
    filled = await desks.desk.enter(cashier, request.id, "result", " ")
    assert (filled.request.entered, filled.lacking) == ({}, ("result",))
    filled = await desks.desk.enter(cashier, request.id, "recipient", "Демир Банк")  # the person's words, put right
    assert {fact.rule.name: fact.value for fact in filled.facts}["recipient"] == "Демир Банк"


async def test_question_goes_to_the_person_and_the_answer_back_to_who_asked(
    desks: Desks, connection: AsyncConnection
) -> None:
    aizada = await desks.aizada()
    request = (await desks.ask(aizada)).request
    cashier = await desks.cashier()
    await desks.desk.take(cashier, request.id)
    asked = await desks.desk.return_with_question(cashier, request.id, "  Кайсы  банк? ")
    assert (asked.state, asked.question, asked.promised_on) == (RequestState.ASKED, "Кайсы банк?", request.promised_on)
    with pytest.raises(errors.NotAtThisStage):
        await desks.desk.approve(cashier, request.id, asked.version)
    mine = await desks.requests.answer(aizada, request.id, "Бакай")
    assert (mine.request.state, mine.request.answer) == (RequestState.TAKEN, "Бакай")
    told = [(account, kind) for account, kind, _due in await office_message(connection)]
    assert told == [(7001, "request_asked"), (7002, "request_answered")]
    await desks.desk.return_with_question(cashier, request.id, "Толук аталышы?")
    await desks.desk.release(cashier, request.id)
    assert (await desks.requests.answer(aizada, request.id, "Бакай Банк")).request.state is RequestState.WAITING


async def test_answer_goes_to_the_queue_when_who_asked_has_left_the_desk(desks: Desks) -> None:
    aizada = await desks.aizada()
    request = (await desks.ask(aizada)).request
    cashier = await desks.cashier()
    await desks.desk.take(cashier, request.id)
    await desks.desk.return_with_question(cashier, request.id, "Кайсы банк?")
    await desks.office.roles.revoke(OPERATOR, str(CASHIERS_PHONE), Role.REGISTRAR, ACCOUNTING.code)
    answered = (await desks.requests.answer(aizada, request.id, "Бакай")).request
    assert (answered.state, answered.taken_by, answered.answer) == (RequestState.WAITING, None, "Бакай")


async def test_refused_request_is_told_with_its_reason(desks: Desks, connection: AsyncConnection) -> None:
    aizada = await desks.aizada()
    request = (await desks.ask(aizada)).request
    cashier = await desks.cashier()
    for words in ("", "  ", "ж" * 501):
        with pytest.raises(errors.WordsUnreadable):
            await desks.desk.refuse(cashier, request.id, words)
    refused = await desks.desk.refuse(cashier, request.id, "Стипендия алган эмессиз")
    assert refused.state is RequestState.REFUSED
    assert await office_message(connection) == [(7001, "request_refused", desks.office.clock.now())]
    with pytest.raises(errors.RequestClosed):
        await desks.desk.approve(cashier, request.id, refused.version)
    acts = "select act from audit_entries where details->>'request' is not null"
    assert await rows(connection, acts) == [("certificate_refused",)]


async def test_request_at_the_wrong_desk_is_handed_over_with_its_clock_running(
    desks: Desks, connection: AsyncConnection, clock: StandingClock
) -> None:
    request = (await desks.ask(await desks.aizada())).request
    cashier, official = await desks.cashier(), await desks.official()
    await desks.desk.take(cashier, request.id)
    clock.advance(days=1)
    for wrong in ("accounting", "canteen"):
        with pytest.raises(errors.DeskUnknown):
            await desks.desk.hand_over(cashier, request.id, wrong)
    moved = await desks.desk.hand_over(cashier, request.id, "study_office")
    assert (moved.desk, moved.state, moved.taken_by) == ("study_office", RequestState.WAITING, None)
    assert (moved.queued_at, moved.promised_on) == (request.queued_at, request.promised_on)
    assert (await desks.desk.list_queue(cashier, "accounting")).entries == ()
    assert len((await desks.desk.list_queue(official, "study_office")).entries) == 1
    with pytest.raises(errors.AnotherDesk):
        await desks.desk.open(cashier, request.id)
    assert [kind for _account, kind, _due in await office_message(connection)] == ["request_moved"]
    assert [kind.desk for kind in desks.desk.list_other_desks(cashier, "accounting")] == ["study_office"]


async def test_withdrawn_request_is_not_approved_and_the_expelled_get_nothing(
    desks: Desks, connection: AsyncConnection
) -> None:
    aizada = await desks.aizada()
    request = (await desks.ask(aizada)).request
    cashier = await desks.cashier()
    await desks.desk.take(cashier, request.id)
    filled = await desks.desk.enter(cashier, request.id, "result", "no")
    await desks.office.enrol(changed(AIZADA, status=PersonStatus.EXPELLED))
    with pytest.raises(errors.NotForPerson):
        await desks.desk.approve(cashier, request.id, filled.request.version)
    await desks.office.enrol(AIZADA)
    await desks.requests.withdraw(aizada, request.id)
    before = await picture(connection)
    with pytest.raises(errors.RequestClosed):
        await desks.desk.approve(cashier, request.id, filled.request.version)
    with pytest.raises(errors.RequestClosed):
        await desks.desk.take(cashier, request.id)
    assert await picture(connection) == before


async def test_same_certificate_is_not_issued_twice_on_a_day(desks: Desks) -> None:
    aizada = await desks.aizada()
    cashier = await desks.cashier()
    for screen in ("one", "two"):
        request = (await desks.ask(aizada, screen=screen)).request
        await desks.desk.take(cashier, request.id)
        version = (await desks.desk.enter(cashier, request.id, "result", "no")).request.version
        if screen == "one":
            await desks.desk.approve(cashier, request.id, version)
    with pytest.raises(errors.SameIssuedToday) as refused:
        await desks.desk.approve(cashier, request.id, version)
    assert refused.value.number == "2026-00001"


async def test_queue_is_ordered_by_promise_and_then_by_age(
    desks: Desks, connection: AsyncConnection, clock: StandingClock
) -> None:
    aizada = await desks.aizada()
    cashier = await desks.cashier()
    first = (await desks.ask(aizada)).request
    clock.advance(hours=1)
    second = (await desks.ask(aizada, screen="two", language=Language.RU)).request
    late = "update certificate_requests set promised_on = '2026-11-20' where id = :id returning id"
    await rows(connection, late, id=second.id)
    queue = await desks.desk.list_queue(cashier, "accounting", page=7)
    assert [entry.request.id for entry in queue.entries] == [second.id, first.id]
    assert (queue.counts.late, queue.counts.due_today, queue.page, queue.today) == (1, 0, 0, date(2026, 11, 21))
    late_ones = await desks.desk.list_queue(cashier, "accounting", view=QueueView.LATE)
    assert [entry.request.id for entry in late_ones.entries] == [second.id]
    assert (await desks.desk.take_next(cashier, "accounting")).request.id == second.id
    mine = await desks.desk.list_queue(cashier, "accounting", view=QueueView.MINE)
    free = await desks.desk.list_queue(cashier, "accounting", view=QueueView.FREE)
    assert ([e.request.id for e in mine.entries], [e.request.id for e in free.entries]) == ([second.id], [first.id])


async def test_many_are_approved_each_by_itself(desks: Desks) -> None:
    aizada = await desks.aizada()
    cashier = await desks.cashier()
    ready = []
    for number in range(3):
        given = {**ANSWERS, "recipient": f"Банк {number}"}
        request = (
            await desks.requests.submit(aizada, GRANT.id, aizada.language, given=given, screen=str(number))
        ).request
        if number < 2:
            await desks.desk.take(cashier, request.id)
            await desks.desk.enter(cashier, request.id, "result", "no")
            await desks.desk.release(cashier, request.id)
        ready.append(request.id)
    bulk = await desks.desk.list_for_bulk(cashier, "accounting", GRANT.id)
    assert [type(entry.refusal).__name__ for entry in bulk] == ["NoneType", "NoneType", "FactsNotEntered"]
    assert await desks.desk.list_for_bulk(cashier, "accounting", STUDY.id) == ()
    chosen = [(entry.request_id, entry.version) for entry in bulk]
    outcomes = [outcome async for outcome in desks.desk.approve_many(cashier, chosen)]
    assert [outcome.approved.number if outcome.approved else None for outcome in outcomes] == [
        "2026-00001", "2026-00002", None,
    ]  # fmt: skip
    assert isinstance(outcomes[2].refusal, errors.FactsNotEntered)


async def test_promise_skips_the_weekend(desks: Desks) -> None:
    request = (await desks.ask(await desks.aizada())).request  # on a Saturday
    assert request.promised_on == date(2026, 11, 25)
