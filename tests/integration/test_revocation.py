"""Revoking certificates."""

import asyncio
from datetime import date

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from services.access import OPERATOR, Actor, NotAllowed, Role
from services.certificates.dto import Check, RevocationReason, VerdictKind
from services.certificates.errors import NoSuchCertificate, ReasonNeeded, ReasonTooLong, RevokedAlready
from services.certificates.register import RequestedCertificate
from tests.support.clock import StandingClock
from tests.support.office import AIZADAS_PHONE, BAKYTS_PHONE, STRANGERS_PHONE, Office, picture, rows, scalar
from tests.support.people import AIZADA, NURLAN

STATES = "select n.kind, m.state from messages m join deliveries d on d.message_id = m.id join notices n on n.id = d.notice_id order by m.id"  # noqa: E501


@pytest.fixture
async def aizada(office: Office) -> Actor:
    return await office.aizada()


@pytest.fixture
async def issued(office: Office, aizada: Actor) -> RequestedCertificate:
    return await office.request(aizada)


@pytest.fixture
async def registrar(office: Office) -> Actor:
    await office.roles.grant(OPERATOR, str(BAKYTS_PHONE), Role.REGISTRAR)
    return await office.recognise(BAKYTS_PHONE)


async def printed(office: Office, connection: AsyncConnection) -> tuple[str, bytes]:
    """Print the newest certificate, send it, and return its code and its file."""
    assert await office.printing.print_next()
    await office.send_all()
    stored = "select c.code, f.content from certificates c join files f on f.id = c.file_id order by c.id desc limit 1"
    ((code, content),) = await rows(connection, stored)
    assert isinstance(code, str)
    assert isinstance(content, bytes)
    return code, content


async def test_revoked_certificate_is_revoked_for_whoever_checks_it_from_that_moment(
    office: Office, connection: AsyncConnection, clock: StandingClock, issued: RequestedCertificate, registrar: Actor
) -> None:
    code, content = await printed(office, connection)
    clock.advance(days=1)
    await office.revocations.revoke(registrar, issued.id, RevocationReason.FACTS_WRONG)
    clock.advance(days=1)
    for verdict in (await office.verification.verify_code(code), await office.verification.verify_file(content)):
        assert (verdict.kind, verdict.checks[Check.NOT_REVOKED]) == (VerdictKind.REVOKED, False)
        assert verdict.certificate is not None
        assert verdict.certificate.revoked_on == date(2026, 11, 22)
        assert "facts_wrong" not in repr(verdict)
    assert await rows(connection, "select status, revoked_by, revocation_reason from certificates") == [
        ("revoked", BAKYTS_PHONE, "facts_wrong"),
    ]


async def test_certificate_in_force_has_no_day_of_revocation(
    office: Office, connection: AsyncConnection, issued: RequestedCertificate
) -> None:
    code, _content = await printed(office, connection)
    verdict = await office.verification.verify_code(code)
    assert issued.number
    assert verdict.certificate is not None
    assert verdict.certificate.revoked_on is None


async def test_holder_is_told_once_and_why(
    office: Office, connection: AsyncConnection, issued: RequestedCertificate, registrar: Actor
) -> None:
    await printed(office, connection)
    rung = office.outbox_bell.rung
    await office.revocations.revoke(registrar, issued.id, RevocationReason.OTHER, "  Мөөр  башка. ")
    assert office.outbox_bell.rung == rung + 1
    assert await office.send_all() == 1
    assert office.messenger.sent[-1][0] == AIZADAS_PHONE
    assert office.messenger.sent[-1][1].text == "certificate_revoked in ky"
    told = await office.certificates.find_revoked(issued.id, AIZADAS_PHONE)
    assert told is not None
    assert (told.number, told.reason, told.text) == (issued.number, RevocationReason.OTHER, "Мөөр башка.")
    assert await office.certificates.find_revoked(issued.id, STRANGERS_PHONE) is None


async def test_act_is_noted_without_the_words(
    office: Office, connection: AsyncConnection, issued: RequestedCertificate, registrar: Actor
) -> None:
    await office.revocations.revoke(registrar, issued.id, RevocationReason.OTHER, "Купуя себеп")
    noted = await rows(
        connection, "select account_id, subject, details from audit_entries where act = 'certificate_revoked'"
    )
    person = await scalar(connection, "select person_id from certificates")
    assert noted == [(BAKYTS_PHONE, f"person:{person}", {"certificate": issued.id, "reason": "other"})]


async def test_second_revocation_is_refused_and_changes_nothing(
    office: Office, connection: AsyncConnection, clock: StandingClock, issued: RequestedCertificate, registrar: Actor
) -> None:
    await office.revocations.revoke(registrar, issued.id, RevocationReason.LEFT)
    moment = clock.now()
    clock.advance(hours=1)
    before = await picture(connection)
    for attempt in (
        office.revocations.review(OPERATOR, issued.id),
        office.revocations.revoke(OPERATOR, issued.id, RevocationReason.MISUSED),
    ):
        with pytest.raises(RevokedAlready) as refused:
            await attempt
        assert (refused.value.number, refused.value.at) == (issued.number, moment)
    assert await picture(connection) == before


async def test_what_waits_to_be_printed_is_neither_printed_nor_sent(
    office: Office, connection: AsyncConnection, issued: RequestedCertificate, registrar: Actor
) -> None:
    await office.revocations.revoke(registrar, issued.id, RevocationReason.ISSUED_IN_ERROR)
    assert not await office.printing.print_next()
    assert await office.send_all() == 2
    assert [message.text for _chat, message, _file in office.messenger.sent] == ["certificate_revoked in ky"]
    assert await rows(connection, STATES) == [("certificate_ready", "skipped"), ("certificate_revoked", "sent")]


async def test_paper_that_was_in_the_printers_hand_is_not_sent(
    office: Office, issued: RequestedCertificate, registrar: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    produce = office.press.produce

    async def while_it_prints(*paper: object, **order: object) -> object:
        await office.revocations.revoke(registrar, issued.id, RevocationReason.FACTS_WRONG)
        return await produce(*paper, **order)  # type: ignore[arg-type]

    monkeypatch.setattr(office.press, "produce", while_it_prints)
    assert await office.printing.print_next()
    await office.send_all()
    assert [message.text for _chat, message, _file in office.messenger.sent] == ["certificate_revoked in ky"]


async def test_printed_but_unsent_document_is_not_sent(
    office: Office, issued: RequestedCertificate, registrar: Actor
) -> None:
    assert await office.printing.print_next()
    await office.revocations.revoke(registrar, issued.id, RevocationReason.FACTS_WRONG)
    await office.send_all()
    assert [message.text for _chat, message, _file in office.messenger.sent] == ["certificate_revoked in ky"]


async def test_same_day_and_unchanged_facts_bring_a_new_certificate(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    await printed(office, connection)
    await office.revocations.revoke(registrar, issued.id, RevocationReason.MISUSED)
    again = await office.request(aizada)
    assert (again.number, again.again) == ("2026-00002", False)
    code, _content = await printed(office, connection)
    assert (await office.verification.verify_code(code)).kind is VerdictKind.VALID
    await office.revocations.revoke(registrar, again.id, RevocationReason.MISUSED)
    assert (await office.request(aizada)).number == "2026-00003"


async def test_certificate_revoked_while_it_is_asked_for_again_is_followed_by_a_new_one(busy_office: Office) -> None:
    aizada = await busy_office.aizada()
    first = await busy_office.request(aizada)
    _revoked, again = await asyncio.gather(
        busy_office.revocations.revoke(OPERATOR, first.id, RevocationReason.FACTS_WRONG),
        busy_office.request(aizada, screen="two"),
    )
    assert again.number in {"2026-00001", "2026-00002"}
    assert (await busy_office.request(aizada, screen="three")).number == "2026-00002"


async def test_two_officials_at_the_same_moment_tell_the_holder_once(busy_office: Office) -> None:
    issued = await busy_office.request(await busy_office.aizada())
    outcomes = await asyncio.gather(
        *(busy_office.revocations.revoke(OPERATOR, issued.id, reason) for reason in list(RevocationReason)[:4]),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, RevokedAlready) for outcome in outcomes) == 3
    await busy_office.send_all()
    assert len(busy_office.messenger.sent) == 1


async def test_nobody_is_told_where_no_account_or_a_frozen_one_is_linked(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate, registrar: Actor
) -> None:
    await printed(office, connection)
    await rows(connection, "update accounts set frozen_at = first_seen_at where telegram_id = :id returning 1",
               id=AIZADAS_PHONE)  # fmt: skip
    revoked = await office.revocations.revoke(registrar, issued.id, RevocationReason.LEFT)
    assert (revoked.account_id, revoked.person_id) == (None, aizada.require_person().id)
    assert await office.send_all() == 0


async def test_account_that_is_the_holders_at_the_moment_is_told(
    office: Office, connection: AsyncConnection, issued: RequestedCertificate, registrar: Actor
) -> None:
    await printed(office, connection)
    await office.connect(STRANGERS_PHONE, AIZADA)
    await office.send_all()
    await office.revocations.revoke(registrar, issued.id, RevocationReason.LEFT)
    await office.send_all()
    assert office.messenger.sent[-1][0] == STRANGERS_PHONE


async def test_holder_who_left_the_university_is_told_too(
    office: Office, connection: AsyncConnection, issued: RequestedCertificate, registrar: Actor
) -> None:
    await printed(office, connection)
    await office.enrol(NURLAN)
    await office.revocations.revoke(registrar, issued.id, RevocationReason.LEFT)
    assert await office.send_all() == 1


@pytest.mark.parametrize(
    ("reason", "text", "refusal"),
    [
        (RevocationReason.OTHER, " \n", ReasonNeeded),
        (RevocationReason.OTHER, "а" * 301, ReasonTooLong),
    ],
)
async def test_reason_must_be_said_and_be_readable(
    office: Office,
    connection: AsyncConnection,
    issued: RequestedCertificate,
    registrar: Actor,
    reason: RevocationReason,
    text: str,
    refusal: type[Exception],
) -> None:
    before = await picture(connection)
    for use in (office.revocations.review, office.revocations.revoke):
        with pytest.raises(refusal):
            await use(registrar, issued.id, reason, text)
    assert await picture(connection) == before


async def test_stranger_and_holder_revoke_nothing(
    office: Office, connection: AsyncConnection, aizada: Actor, issued: RequestedCertificate
) -> None:
    stranger = await office.recognise(STRANGERS_PHONE)
    before = await picture(connection)
    for actor in (stranger, aizada):
        for attempt in (
            office.revocations.review(actor, issued.id),
            office.revocations.revoke(actor, issued.id, RevocationReason.LEFT),
        ):
            with pytest.raises(NotAllowed):
                await attempt
    assert await picture(connection) == before


async def test_certificate_that_never_was_is_refused(office: Office, registrar: Actor) -> None:
    with pytest.raises(NoSuchCertificate):
        await office.revocations.revoke(registrar, 404, RevocationReason.LEFT)
