"""Everything that is kept about who asks, and nothing about anybody else."""

from dataclasses import asdict, fields, replace
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, NotLinked, Role
from services.announcements.dto import Category
from services.audit.dto import Act
from services.certificates.register import RegisterStatus
from services.db.models import Base
from services.delivery.dto import NewNotice, NoticeKind, Urgency
from services.duties.dto import Outcome
from services.languages import Language
from services.linking.errors import LinkCodeRefused
from services.linking.rules import CONSENT_VERSION
from services.mydata.dto import PersonalData, SurveyData
from services.mydata.errors import DataTakenTooOften
from services.mydata.service import MOST_LISTED
from services.plans.dto import DutyState
from tests.support.clock import StandingClock
from tests.support.office import (
    AIZADAS_PHONE,
    BAKYTS_PHONE,
    INSTITUTE,
    NURLANS_PHONE,
    STRANGERS_PHONE,
    Office,
    picture,
    rows,
)
from tests.support.people import AIZADA, BAKYT, NURLAN

#: Columns that say whom a row is about or from; those that end with `_by` name an official.
PERSONAL = {
    "account_id", "chat_id", "former_account_id", "key", "officer_id", "person_id", "person_key", "subject",
    "telegram_id", "used_by",
}  # fmt: skip

#: Where each table with somebody in it stands in the report.
TOLD = {
    "accounts": "account",
    "announcement_readings": "readings",
    "audience_list_people": "lists",
    "audit_entries": "acts",
    "certificate_requests": "paper_requests",
    "certificates": "certificates",
    "consents": "consents",
    "deliveries": "messages",
    "expiry_answers": "roster",
    "inbox": "unserved",
    "link_attempts": "tries",
    "link_codes": "codes",
    "link_requests": "requests",
    "fact_reports": "reports",
    "links": "links",
    "messages": "messages",
    "muted_categories": "account",
    "person_corrections": "roster",
    "role_grants": "roles",
    "people": "roster",
    "plan_drafts": "plans",
    "plan_duties": "plans",
    "plan_extensions": "plans",
    "plan_history": "plans",
    "plan_reports": "plans",
    "roster_drafts": "drafts",
    "roster_import_changes": "roster",
    "named_replies": "surveys",
    "survey_marks": "surveys",
    "survey_people": "surveys",
    "survey_quiet": "surveys",
    "trust_slots": "talks",
    "trust_talks": "talks",
}

#: Tables that name somebody and are left out, each with the reason.
LEFT_OUT = {
    "chat_paces": "how many ordinary messages an account was sent today; the report lists the messages themselves",
    "announcements": "which official announced it; the audit has the act",
    "channels": "which administrator registered a channel; the audit has the act",
    "certificate_batches": "which official issued for many at once; the audit has the act",
    "certificate_batch_rows": "that a certificate was issued with those of others; the report lists the certificates",
    "announcement_progress": "which editor watches an announcement go out; the audit has the act",
    "announcement_revisions": "which official corrected an announcement; the audit has the act",
    "audience_lists": "which official brought a list; the report names the lists that the person is on",
    "desk_sheets": "a file of other people's requests that an official has not confirmed; the requests are told",
    "conversation_states": "where in a form somebody stands at this moment; the report says that it exists",
    "expiry_marks": "of which papers' ends it was told; the roster has the days, the report lists the messages",
    "notices": "ids and parameters of a message, no text; the report lists the messages",
    "plans": "which coordinator brought a plan's file; the audit has the act",
    "plan_aliases": "which coordinator said at an import what a word of the file stands for; the audit has the import",
    "plan_calendars": "who made the address of a unit's calendar; the audit has the act",
    "plan_items": "nobody: its key finds an item again in the next file",
    "plan_steps": "nobody: which unit or post heard of an item; the report lists the messages",
    "questionnaires": "which survey manager brought a questionnaire; the audit has the act",
    "surveys": "which survey manager prepared a survey; the audit has the act",
    "roster_imports": "which administrator imported the roster; the audit has the act",
    "workday_changes": "which administrator noted a day; the audit has the act",
}

ASKED = SurveyData(
    opened_on=date(2026, 11, 21), closes_on=date(2026, 12, 5), named=True, finished=True, answer_kept=True
)


def test_no_table_that_names_somebody_is_forgotten() -> None:
    personal = {
        table.name
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name in PERSONAL or column.name.endswith("_by")
    }
    assert personal | {"people"} == set(TOLD) | set(LEFT_OUT)
    assert set(TOLD.values()) <= {field.name for field in fields(PersonalData)}


async def fill(office: Office, connection: AsyncConnection, account: int, person_no: str, word: str) -> None:
    """Leave something about somebody in every table; `word` marks what is theirs."""
    (person_id,) = (await rows(connection, "select id from people where person_no = :no", no=person_no))[0]
    known: dict[str, object] = {"a": account, "p": person_id, "w": word, "t": office.clock.now()}
    for statement in (
        "insert into consents values (:a, :w, 'ru', :t) returning 1",
        (
            "insert into person_corrections (person_id, fact, roster_value, value, corrected_at, corrected_by)"
            " values (:p, 'name_latin', :w || ' before', :w || ' after', :t, 1) returning 1"
        ),
        (
            "insert into link_requests (account_id, name, group_name, person_no, asked_at, state, decided_at, reason)"
            " values (:a, :w || ' name', :w || ' group', '', :t, 'refused', :t, :w || ' reason') returning 1"
        ),
        (
            "insert into expiry_answers (person_id, paper, expires_on, applied_at)"
            " values (:p, 'visa', '2026-12-21', :t) returning 1"
        ),
        (
            "insert into roster_drafts (account_id, file_name, content, digest, sent_at)"
            " values (:a, :w || '.csv', ''::bytea, ''::bytea, :t) returning 1"
        ),
        (
            "with i as (insert into roster_imports (imported_at, added, changed, removed, unchanged)"
            " values (:t, 0, 1, 0, 0) returning id)"
            " insert into roster_import_changes select id, :p, null, null from i returning 1"
        ),
        (
            "with l as (insert into audience_lists (name, brought_at) values (:w || ' list', :t) returning id)"
            " insert into audience_list_people select id, :p from l returning 1"
        ),
        (
            "with f as (insert into files (sha256, size, mime, content, created_at)"
            " values (convert_to(:w || '', 'UTF8'), 0, 'image/jpeg', ''::bytea, :t) returning id)"
            " insert into certificate_requests"
            " (person_id, account_id, kind, language, desk, state, occasion, asked, created_at, receipt_file_id)"
            " select :p, :a, 'grant', 'ky', 'ob', 'unpaid', :w || '',"
            " jsonb_build_object('recipient', cast(:w as text) || ' bank'), :t, id from f"
            " returning 1"
        ),
        "insert into muted_categories select :a, case when :w = 'mine' then 'events' else 'career' end returning 1",
        (
            "with n as (insert into announcements (state, texts, audience, urgency, due_at, recipients, announced_at)"
            " values ('draft', jsonb_build_object('ky', :w || ' words'), 'all', 'normal', :t, 1, :t) returning id)"
            " insert into announcement_readings select id, :a, :t from n returning 1"
        ),
        (
            "insert into plan_drafts (account_id, year, name, file_name, content, sent_at)"
            " values (:a, 2026, 'strategy', :w || '.docx', ''::bytea, :t) returning 1"
        ),
        (
            "with p as (insert into plans (year, name, reminds_from, imported_at)"
            " values (2026, :w || '', '2026-09-01', :t) returning id),"
            " i as (insert into plan_items (plan_id, key, position, section, number, title, task, deadline_text,"
            " deadline_kind, confirmed, responsible_text, participants_text, document, indicator, budget, origin,"
            " changed_at) select id, 'k', 1, '', '1', '', :w || ' item', '', 'date', true, '', '', '', '', '', 'file',"
            " :t from p returning id),"
            " n as (insert into plan_instances (item_id, ordinal, first_due, due)"
            " select id, 1, '2026-12-25', '2026-12-25' from i returning id, item_id),"
            " d as (insert into plan_duties (instance_id, unit_code, state, person_id, changed_at)"
            " select id, 'mti', 'reported', :p, :t from n returning id),"
            " r as (insert into plan_reports (duty_id, outcome, words, reported_on, reported_at, reported_by)"
            " select id, 'partly', :w || ' report', '2026-11-21', :t, :a from d returning id),"
            " e as (insert into plan_evidence (report_id, kind, url) select id, 'link', :w || '.kg' from r),"
            " x as (insert into plan_extensions (duty_id, wanted, reason, asked_at, asked_by, decision, granted,"
            " comment, decided_at, decided_by) select id, '2027-01-15', :w || ' reason', :t, :a, 'granted',"
            " '2027-01-10', :w || ' comment', :t, 1 from d)"
            " insert into plan_history (item_id, at, account_id, act, details)"
            " select item_id, :t, :a, 'noted', jsonb_build_object('words', :w || ' note') from n"
            " union all select item_id, :t, 1, 'handed_on', jsonb_build_object('person', cast(:p as bigint),"
            " 'words', 'theirs') from n returning 1"
        ),
        (
            "with q as (insert into questionnaires (code, revision, body, created_at)"
            " values (:w || '', 1, '{}', :t) returning id),"
            " s as (insert into surveys (questionnaire_id, mode, state, opened_on, closes_on, created_at)"
            " select id, 'named', 'open', '2026-11-21', '2026-12-05', :t from q returning id),"
            " g as (insert into survey_strata (survey_id, code, name_ky, name_ru, name_en, people, leaf)"
            " select id, 'all', '', '', '', 1, true from s returning survey_id),"
            " a as (insert into survey_people select survey_id, :p, 'all' from g returning survey_id, person_id),"
            " m as (insert into survey_marks select survey_id, person_id from a)"
            " insert into named_replies select survey_id, person_id, '{}' from a returning 1"
        ),
        (
            "with s as (insert into trust_slots (officer_id, starts_at, ends_at, place, state)"
            " select id, cast(:t as timestamptz) + interval '1 hour', cast(:t as timestamptz) + interval '2 hours',"
            " :w || ' room', 'withdrawn' from people where person_no = 'E-1' returning id, officer_id)"
            " insert into trust_talks (slot_id, officer_id, person_id, topic, state, ended_at)"
            " select id, officer_id, :p, 'health', 'left', :t from s where officer_id <> :p returning 1"
        ),
        (
            "insert into inbox (update_id, person_key, payload, received_at, parked_at)"
            " values (:a, :a, :w, :t, :t) returning 1"
        ),
    ):
        wanted = {name: value for name, value in known.items() if f":{name}" in statement}
        await rows(connection, statement, **wanted)


async def leave(office: Office, account: int, occasion: str, urgency: Urgency = Urgency.NORMAL) -> None:
    notice = NewNotice(
        kind=NoticeKind.LINK_MOVED, account_id=account, urgency=urgency, payload={}, subject="person:0",
        occasion=occasion, due_at=office.clock.now(),
    )  # fmt: skip
    async with office.unit_of_work() as uow:
        await uow.outbox.add(notice, office.clock.now())
        await uow.commit()


async def test_everything_about_who_asks_and_nothing_of_another_person_is_told(
    office: Office, connection: AsyncConnection, clock: StandingClock
) -> None:
    await office.units.import_units(OPERATOR, [INSTITUTE])
    await office.enrol(AIZADA, replace(AIZADA, person_no="S-2", first_name="Айжан", phone="+996700000099"), BAKYT)
    aizada = await office.connect(AIZADAS_PHONE, AIZADA)
    other = await office.connect(NURLANS_PHONE, replace(AIZADA, person_no="S-2"))
    await fill(office, connection, AIZADAS_PHONE, "S-1001", "mine")
    await fill(office, connection, NURLANS_PHONE, "S-2", "theirs")
    for actor in (aizada, other):
        assert actor.account_id is not None
        await office.request(actor)
        await leave(office, actor.account_id, f"{actor.account_id}")
        with pytest.raises(LinkCodeRefused):
            await office.linking.link(actor, "WRONG-00001")
    await rows(
        connection,
        "insert into link_attempts (account_id, way, failures) values (:id, 'contact', 2) returning 1",
        id=AIZADAS_PHONE,
    )
    for actor, word in ((aizada, "mine"), (other, "theirs")):
        ((issued,),) = await rows(
            connection, "select id from certificates where person_id = :id", id=actor.person and actor.person.id
        )
        assert isinstance(issued, int)
        await office.reports.report(actor, issued, "patronymic", word)
    for person_no, role in (("S-1001", Role.EDITOR), ("S-2", Role.APPROVER)):
        await office.roles.grant(OPERATOR, person_no, role)
    clock.advance(hours=1)

    data = await office.my_data.take(aizada)

    assert data.account.telegram_id == AIZADAS_PHONE
    assert data.roster is not None
    assert data.roster.entry == AIZADA
    assert data.roster.unit == INSTITUTE.name
    assert [(one.fact, one.roster_value, one.value) for one in data.roster.corrections] == [
        ("name_latin", "mine before", "mine after")
    ]
    assert [one.fact for one in data.roster.applied] == ["visa_expires"]
    assert len(data.roster.replaced_at) == 2  # the import itself, and what was put in here
    assert {one.version for one in data.consents} == {CONSENT_VERSION, "mine"}
    assert [(one.of_this_account, one.to_this_person, one.ended_at) for one in data.links] == [(True, True, None)]
    assert len(data.codes) == len(data.certificates) == data.messages.answers == 1
    assert data.messages.unasked == 2  # of the link, and of the role
    assert data.certificates[0].status is RegisterStatus.ISSUED
    assert [(one.name, one.reason) for one in data.requests] == [("mine name", "mine reason")]
    assert [(one.fact, one.value) for one in data.reports] == [("patronymic", "mine")]
    assert [one.role for one in data.roles] == [Role.EDITOR]
    assert [one.given for one in data.paper_requests] == [{"recipient": "mine bank"}]
    assert [(one.receipt_kept, one.paid_at) for one in data.paper_requests] == [(True, None)]
    assert [one.name for one in data.lists] == ["mine list"]
    assert [one.file_name for one in data.drafts] == ["mine.csv"]
    assert [dict(one.texts) for one in data.readings] == [{Language.KY: "mine words"}]
    assert (data.account.muted, data.account.gathered) == ((Category.EVENTS,), False)
    assert (data.tries.failures, data.unserved) == (3, 1)  # a code and two contacts
    assert data.acts.all >= 1
    assert [(one.title, one.unit, one.state) for one in data.plans.handed] == [
        ("mine item", INSTITUTE.name, DutyState.REPORTED)
    ]
    assert [(one.words, one.outcome, one.evidence, one.accepted) for one in data.plans.reports] == [
        ("mine report", Outcome.PARTLY, ("mine.kg",), None)
    ]
    assert [(one.reason, one.granted, one.comment) for one in data.plans.extensions] == [
        ("mine reason", date(2027, 1, 10), "mine comment")
    ]
    assert {(one.act, one.words, one.by_me) for one in data.plans.newest} == {
        ("noted", "mine note", True), ("handed_on", "", False),
    }  # fmt: skip
    assert (data.surveys, data.plans.acts, [one.file_name for one in data.plans.drafts]) == ((ASKED,), 2, ["mine.docx"])
    assert ([(one.place, one.officer) for one in data.talks.booked], data.talks.offered) == (
        [("mine room", "Токтогулов Бакыт Эркинович")], (),
    )  # fmt: skip

    told = str(asdict(data))
    theirs = await rows(
        connection,
        "select number, code from certificates where person_id <> :id",
        id=aizada.person and aizada.person.id,
    )
    for secret in ("theirs", "S-2", "Айжан", str(NURLANS_PHONE), "+996700000099", *map(str, theirs[0])):
        assert secret not in told


async def test_former_account_and_former_person_are_told_without_naming_the_other_side(office: Office) -> None:
    await office.enrol(AIZADA, NURLAN)
    shared = await office.connect(STRANGERS_PHONE, NURLAN)
    assert shared.person is not None
    await office.linking.unlink(shared, shared.person.id)
    await office.connect(AIZADAS_PHONE, AIZADA)
    aizada = await office.connect(STRANGERS_PHONE, AIZADA)  # the phone that was Нурлан's before

    data = await office.my_data.take(aizada)
    assert [(one.of_this_account, one.to_this_person, one.ended_at is None) for one in data.links] == [
        (True, False, False),
        (False, True, False),
        (True, True, True),
    ]
    told = str(asdict(data))
    assert "Нурлан" not in told
    assert str(AIZADAS_PHONE) not in told


async def test_stranger_is_told_of_the_account_alone(office: Office, connection: AsyncConnection) -> None:
    await office.enrol(AIZADA)
    stranger = await office.recognise(STRANGERS_PHONE)
    await fill(office, connection, STRANGERS_PHONE, "S-1001", "asked")
    data = await office.my_data.take(stranger)
    assert (data.roster, data.codes, data.lists, data.certificates, data.links) == (None, (), (), (), ())
    assert len(data.consents) == len(data.requests) == 1
    assert "Маматова" not in str(asdict(data))


async def test_person_behind_a_frozen_link_is_not_told(office: Office, connection: AsyncConnection) -> None:
    await office.aizada()
    await rows(connection, "update accounts set frozen_at = :now returning 1", now=office.clock.now())
    data = await office.my_data.take(await office.recognise(AIZADAS_PHONE))
    assert data.account.frozen_at is not None
    assert (data.roster, data.certificates, data.codes, data.lists) == (None, (), (), ())


async def test_acts_of_officials_and_own_acts_are_told_apart(office: Office, connection: AsyncConnection) -> None:
    aizada = await office.aizada()
    assert aizada.person is not None
    mine = f"person:{aizada.person.id}"
    for account, act, subject in (
        (BAKYTS_PHONE, Act.PERSON_LOOKED_AT, mine),
        (AIZADAS_PHONE, Act.ROLE_GRANTED, "account:1"),
        (BAKYTS_PHONE, Act.FACT_CORRECTED, "person:0"),
    ):
        await rows(
            connection,
            "insert into audit_entries (at, account_id, act, subject) values (:t, :a, :act, :s) returning 1",
            t=office.clock.now() - timedelta(minutes=1), a=account, act=act.value, s=subject,
        )  # fmt: skip
    acts = (await office.my_data.take(aizada)).acts
    told = {(one.act, one.by_me, one.about_me) for one in acts.newest}
    assert {("person_looked_at", False, True), ("role_granted", True, False), ("data_taken", True, True)} <= told
    assert "fact_corrected" not in {one.act for one in acts.newest}


async def test_many_messages_are_counted_and_those_of_a_year_ago_forgotten(
    office: Office, clock: StandingClock
) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    await leave(office, STRANGERS_PHONE, "long ago")
    clock.advance(days=366)
    for number in range(MOST_LISTED + 2):
        await leave(office, STRANGERS_PHONE, f"lately {number}")
    messages = (await office.my_data.take(stranger)).messages
    assert (len(messages.newest), messages.unasked) == (MOST_LISTED, MOST_LISTED + 2)


async def test_data_are_handed_over_three_times_an_hour(
    office: Office, clock: StandingClock, connection: AsyncConnection
) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    first = clock.now()
    for _ in range(3):
        await office.my_data.take(stranger)
        clock.advance(minutes=10)
    before = await picture(connection)
    with pytest.raises(DataTakenTooOften) as refused:
        await office.my_data.take(stranger)
    assert refused.value.until == first + timedelta(hours=1)
    assert await picture(connection) == before
    await office.my_data.take(await office.recognise(AIZADAS_PHONE))  # counted for each account
    clock.moment = first + timedelta(hours=1)
    await office.my_data.take(stranger)


async def test_operator_has_no_account_to_ask_about(office: Office) -> None:
    with pytest.raises(NotLinked):
        await office.my_data.take(OPERATOR)
