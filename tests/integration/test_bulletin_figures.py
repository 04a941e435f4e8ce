"""Figures of announcements, and reminders to those who have not confirmed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, LinkFrozen, NotAllowed, Role
from services.announcements.dto import NewAnnouncement
from services.announcements.errors import NoSuchAnnouncement
from services.bulletin.errors import (
    AnnouncementWithdrawn,
    NobodyToRemind,
    NothingToConfirm,
    NothingToCount,
    RemindedLately,
)
from services.bulletin.rules import LEAST
from services.delivery.dto import NoticeKind, Tally
from services.languages import Language
from tests.support.clock import StandingClock
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    GULNARAS_PHONE,
    INSTITUTE,
    NURLANS_PHONE,
    STRANGERS_PHONE,
    Office,
    picture,
    rows,
    scalar,
)
from tests.support.people import AIZADA, BAKYT, GULNARA, NURLAN

TEXTS = {Language.KY: "<b>Жарыя</b>", Language.RU: "Объявление", Language.EN: "Announcement"}
DEAN = replace(INSTITUTE, code="ob", aliases=(), abbreviation="ОБ")

_CROWD = (
    (
        "insert into accounts (telegram_id, person_id, first_seen_at, last_seen_at, linked_at)"
        " select p.id + 100000, p.id, :now, :now, :now from people p join units u on u.id = p.unit_id"
        " where u.code = :unit returning 1"
    ),
    (
        "insert into deliveries (notice_id, account_id) select :notice, p.id + 100000 from people p"
        " join units u on u.id = p.unit_id where u.code = :unit returning 1"
    ),
    (
        "insert into announcement_readings select :announcement, p.id + 100000, :now from people p"
        " join units u on u.id = p.unit_id where u.code = :unit order by p.id limit :read returning 1"
    ),
)


@pytest.fixture(autouse=True)
async def _people(office: Office) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE, DEAN])
    await office.enrol(AIZADA, NURLAN, GULNARA, BAKYT)
    for phone, entry in (
        (AIZADAS_PHONE, AIZADA),
        (NURLANS_PHONE, NURLAN),
        (GULNARAS_PHONE, GULNARA),
        (BAKYTS_PHONE, BAKYT),
    ):
        await office.connect(phone, entry)
    await office.send_all()
    office.messenger.sent.clear()


@pytest.fixture
async def editor(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR)
    await office.send_all()
    office.messenger.sent.clear()
    return await office.recognise(BAKYTS_PHONE)


async def announce(
    office: Office, connection: AsyncConnection, *, audience: str = "role:student", unit: str | None = None
) -> int:
    """Announce something that asks for the word of its readers."""
    announced = await office.announcements.announce(OPERATOR, NewAnnouncement(texts=TEXTS, audience=audience))
    await rows(
        connection,
        "update announcements set asks_reading = true, unit_code = :unit where id = :id returning 1",
        id=announced.id, unit=unit,
    )  # fmt: skip
    return announced.id


async def unread(office: Office, announcement_id: int) -> int:
    """How many a reminder would reach; the editor is told that there are some, and of many how many."""
    async with office.reading() as uow:
        number = await uow.bulletin.count_unread(announcement_id)
    view = await office.reminders.look(OPERATOR, announcement_id)
    assert (view.anybody, view.waiting) == (number > 0, number if view.announcement.recipients >= LEAST else None)
    return number


async def crowd(
    office: Office, connection: AsyncConnection, announcement: int, sizes: Sequence[tuple[int, int]]
) -> None:
    """Let units of so many people be among the recipients, of whom so many have confirmed."""
    notice = await scalar(connection, "select notice_id from announcements where id = :id", id=announcement)
    for place, (size, read) in enumerate(sizes):
        unit, people = f"unit{place}", [f"U{place}-{one}" for one in range(size)]
        await office.units.import_units(OPERATOR, [replace(DEAN, code=unit)])
        async with office.unit_of_work() as uow:
            entries = [replace(AIZADA, person_no=number, unit=unit, phone="") for number in people]
            await uow.people.add(entries, await uow.units.resolve([unit]))
            await uow.commit()
        known = {
            "unit": unit, "read": read, "notice": notice, "announcement": announcement,
            "now": office.clock.now(),
        }  # fmt: skip
        for statement in _CROWD:
            await rows(connection, statement, **{name: it for name, it in known.items() if f":{name}" in statement})


def reminded(office: Office) -> list[int]:
    return sorted(chat for chat, _message, _file in office.messenger.sent)


async def test_figures_count_what_became_of_it_and_hide_small_units(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    number = await announce(office, connection)
    await office.send_all()
    await office.bulletin.confirm(await office.recognise(AIZADAS_PHONE), number)
    few = await office.statistics.get(editor, number)
    assert (few.recipients, few.read, few.tally) == (3, None, Tally(sent=3))
    assert (few.units, few.timeline.bars) == ((), ())  # three people are too few to be told apart

    await crowd(office, connection, number, [(30, 20), (12, 3), (4, 4)])
    figures = await office.statistics.get(editor, number)
    assert (figures.recipients, figures.read) == (49, 28)
    shown = [(unit.code, unit.recipients, unit.sent, unit.read) for unit in figures.units]
    assert shown == [("unit0", 30, 0, 20), ("", 19, 3, 8)]  # seven people would be left beside the twelve
    assert [bar.readings for bar in figures.timeline.bars] == [28]


async def test_reading_from_before_a_correction_does_not_count_any_more(
    office: Office, connection: AsyncConnection, clock: StandingClock, editor: Actor
) -> None:
    number = await announce(office, connection)
    await office.send_all()
    await crowd(office, connection, number, [(20, 12), (30, 5)])
    aizada = await office.recognise(AIZADAS_PHONE)
    await office.bulletin.confirm(aizada, number)
    assert await unread(office, number) == 2
    clock.advance(hours=1)
    corrected = "update announcements set corrected_at = :now, recipients = 53 where id = :id returning 1"
    await rows(connection, corrected, now=clock.now(), id=number)
    figures = await office.statistics.get(editor, number)
    assert (figures.read, [unit.read for unit in figures.units], figures.read_before) == (0, [0, 0], 18)
    assert [row.read for row in (await office.statistics.list_totals(editor, 30)).rows] == [0]
    assert await unread(office, number) == 3
    await office.bulletin.confirm(aizada, number)
    figures = await office.statistics.get(editor, number)
    assert (figures.read, figures.read_before) == (1, 17)
    assert await unread(office, number) == 2


async def test_only_whoever_may_write_for_the_unit_sees_figures(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    whole, mti = await announce(office, connection), await announce(office, connection, unit="mti")
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR, "mti")
    nurlan, stranger = await office.recognise(NURLANS_PHONE), await office.recognise(STRANGERS_PHONE)
    approver = await office.recognise(AIZADAS_PHONE)
    assert [row.announcement.id for row in (await office.statistics.list_totals(editor, 30)).rows] == [mti, whole]
    assert [row.announcement.id for row in (await office.statistics.list_totals(nurlan, 30)).rows] == [mti]
    assert (await office.statistics.get(nurlan, mti)).recipients == 3
    for actor, number in ((nurlan, whole), (nurlan, 0), (stranger, mti), (approver, mti)):
        with pytest.raises(NotAllowed):
            await office.statistics.get(actor, number)
    with pytest.raises(NoSuchAnnouncement):
        await office.statistics.get(editor, 0)
    with pytest.raises(NotAllowed):
        await office.statistics.list_totals(stranger, 30)
    with pytest.raises(LinkFrozen):
        await office.statistics.list_totals(replace(editor, frozen=True), 30)
    draft = await office.begin_draft(editor)
    with pytest.raises(NothingToCount):
        await office.statistics.get(editor, draft.id)


async def test_totals_are_of_a_month_or_half_a_year(
    office: Office, connection: AsyncConnection, clock: StandingClock, editor: Actor
) -> None:
    old = await announce(office, connection)
    await office.send_all()
    await office.bulletin.confirm(await office.recognise(AIZADAS_PHONE), old)
    clock.advance(days=31)
    new = await announce(office, connection, audience="person:S-1001")
    month, half_a_year = [await office.statistics.list_totals(editor, days) for days in (30, 180)]
    assert [row.announcement.id for row in month.rows] == [new]
    told = [(row.announcement.id, row.recipients, row.sent, row.read) for row in half_a_year.rows]
    assert told == [(new, 1, 0, None), (old, 3, 3, None)]
    assert (await office.statistics.list_totals(editor, 7_000)).days == 30
    newest = await office.statistics.list_totals(editor, 180, most=1)
    assert (newest.number, [row.announcement.id for row in newest.rows]) == (2, [new])


async def test_only_those_are_reminded_who_got_it_and_have_not_confirmed(
    office: Office, connection: AsyncConnection, clock: StandingClock, editor: Actor
) -> None:
    number = await announce(office, connection)
    await office.send_all()
    office.messenger.sent.clear()
    await office.bulletin.confirm(await office.recognise(AIZADAS_PHONE), number)
    assert await unread(office, number) == 2
    assert await office.reminders.remind(editor, number) == 2
    kind = "select count(*), min(payload::text) from notices where kind = :kind"
    assert await rows(connection, kind, kind=NoticeKind.ANNOUNCEMENT_REMINDER.value) == [
        (1, f'{{"announcement_id": {number}}}')
    ]
    await office.send_all()
    assert reminded(office) == [NURLANS_PHONE, GULNARAS_PHONE]
    assert await scalar(connection, "select count(*) from audit_entries where act = 'readers_reminded'") == 1

    clock.advance(hours=23)
    before = await picture(connection)
    with pytest.raises(RemindedLately) as refused:
        await office.reminders.remind(editor, number)
    assert refused.value.not_before == clock.now() + timedelta(hours=1)
    assert (await office.reminders.look(editor, number)).not_before == refused.value.not_before
    assert await picture(connection) == before
    clock.advance(hours=1)
    await office.bulletin.confirm(await office.recognise(NURLANS_PHONE), number)
    assert await office.reminders.remind(editor, number) == 1


async def test_who_cannot_be_reached_or_has_left_is_not_reminded(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    number = await announce(office, connection)
    await office.send_all()
    await office.accounts.note_blocked(AIZADAS_PHONE, blocked=True)
    await rows(connection, "update accounts set frozen_at = :now where telegram_id = :id returning 1",
               now=office.clock.now(), id=NURLANS_PHONE)  # fmt: skip
    gulnara = await office.recognise(GULNARAS_PHONE)
    assert gulnara.person is not None
    await office.linking.unlink(gulnara, gulnara.person.id)
    before = await picture(connection)
    with pytest.raises(NobodyToRemind):
        await office.reminders.remind(editor, number)
    assert await picture(connection) == before
    await office.recognise(STRANGERS_PHONE)  # a guest whom it was sent to is one of the readers
    carried = (
        "with m as (insert into messages (chat_id, urgency, state, created_at)"
        " values (:account, 'normal', 'sent', :now) returning id)"
        " insert into deliveries (notice_id, account_id, message_id) select a.notice_id, :account, m.id"
        " from announcements a, m returning 1"
    )
    await rows(connection, carried, account=STRANGERS_PHONE, now=office.clock.now())
    assert await office.reminders.remind(editor, number) == 1


async def test_nobody_is_reminded_of_what_is_not_out_was_withdrawn_or_asks_nobody(
    office: Office, connection: AsyncConnection, editor: Actor
) -> None:
    draft = await office.begin_draft(editor)
    withdrawn, silent = await announce(office, connection), await announce(office, connection)
    await rows(connection, "update announcements set withdrawn_at = :now where id = :id returning 1",
               now=office.clock.now(), id=withdrawn)  # fmt: skip
    await rows(connection, "update announcements set asks_reading = false where id = :id returning 1", id=silent)
    asking = await announce(office, connection)
    stranger, unit_editor = await office.recognise(STRANGERS_PHONE), await office.recognise(NURLANS_PHONE)
    before = await picture(connection)
    for actor, number, refusal in (
        (editor, draft.id, NothingToCount),
        (editor, withdrawn, AnnouncementWithdrawn),
        (editor, silent, NothingToConfirm),
        (editor, 0, NoSuchAnnouncement),
        (stranger, asking, NotAllowed),
        (stranger, 0, NotAllowed),
        (unit_editor, asking, NotAllowed),
    ):
        for act in (office.reminders.look, office.reminders.remind):
            with pytest.raises(refusal):
                await act(actor, number)
    assert await picture(connection) == before


async def test_editor_of_a_unit_reminds_the_units_readers(office: Office, connection: AsyncConnection) -> None:
    number = await announce(office, connection, unit="mti")
    await office.send_all()
    await office.roles.grant(OPERATOR, str(NURLANS_PHONE), Role.EDITOR, "mti")
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.EDITOR, "ob")
    assert await office.reminders.remind(await office.recognise(NURLANS_PHONE), number) == 3
    with pytest.raises(NotAllowed):
        await office.reminders.look(await office.recognise(BAKYTS_PHONE), number)
