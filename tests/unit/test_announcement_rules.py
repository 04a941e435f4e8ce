"""Rules of announcements."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.access import OPERATOR, Actor, LinkFrozen, NotAllowed, Role, RoleGrant
from services.announcements.dto import AnnouncementStage
from services.announcements.errors import DueInPast, FallbackMissing, TextMissing, TextUnusable
from services.announcements.rules import (
    FALLBACK_LINE,
    check_due,
    check_sending,
    check_stopping,
    is_late,
    tally_before,
    text_for,
)
from services.announcements.wording import check_texts
from services.delivery.dto import Tally
from services.html import LONGEST_MESSAGE, FaultKind
from services.languages import Language
from tests.architecture.wording import MOMENT
from tests.support.announcements import announcement

KY, RU, EN = Language.KY, Language.RU, Language.EN
TEXTS = {KY: "Жарыя", RU: "Объявление", EN: "Announcement"}


def actor(account_id: int, *grants: RoleGrant, frozen: bool = False) -> Actor:
    return Actor(account_id=account_id, language=KY, grants=frozenset(grants), frozen=frozen)


def test_texts_are_tidied_and_those_of_spaces_are_missing() -> None:
    assert check_texts({KY: " Жарыя\n", RU: "Объявление", EN: "News"}, None) == {
        KY: "Жарыя",
        RU: "Объявление",
        EN: "News",
    }
    with pytest.raises(TextMissing) as missing:
        check_texts({KY: "Жарыя", EN: " \n"}, None)
    assert missing.value.languages == (RU, EN)


def test_one_text_may_stand_in_for_others_if_it_is_there() -> None:
    assert check_texts({KY: "Жарыя"}, KY) == {KY: "Жарыя"}
    with pytest.raises(FallbackMissing) as missing:
        check_texts({KY: "Жарыя"}, RU)
    assert missing.value.language is RU


def test_text_that_stands_in_leaves_room_for_the_line_above_it() -> None:
    long = "ө" * (LONGEST_MESSAGE - FALLBACK_LINE)
    assert check_texts({KY: long}, KY) == {KY: long}
    with pytest.raises(TextUnusable) as refused:
        check_texts({KY: long + "ө"}, KY)
    assert (refused.value.fault.kind, refused.value.fault.limit) == (FaultKind.TOO_LONG, 4_000)
    full = {**TEXTS, KY: long + "ө"}
    assert check_texts(full, KY) == full  # it stands in for nobody


def test_text_with_a_fault_names_its_language() -> None:
    with pytest.raises(TextUnusable) as refused:
        check_texts({**TEXTS, RU: "<b>Объявление"}, None)
    assert (refused.value.language, refused.value.fault.kind) == (RU, FaultKind.NOT_CLOSED)


def test_time_is_now_or_later() -> None:
    assert check_due(None, MOMENT) == check_due(MOMENT, MOMENT) == MOMENT
    with pytest.raises(DueInPast):
        check_due(MOMENT - timedelta(minutes=1), MOMENT)


@pytest.mark.parametrize(
    ("late_after", "hours", "late"),
    [(timedelta(hours=24), 24, False), (timedelta(hours=24), 24.1, True), (None, 10_000, False)],
)
def test_lateness_is_counted_from_when_it_was_due(late_after: timedelta | None, hours: float, late: bool) -> None:
    assert is_late(announcement(late_after=late_after), MOMENT + timedelta(hours=hours)) is late


def test_recipients_of_what_has_not_begun_wait_or_will_not_get_it() -> None:
    assert (
        tally_before(announcement()) == tally_before(announcement(stage=AnnouncementStage.PAUSED)) == Tally(pending=5)
    )
    assert tally_before(announcement(stage=AnnouncementStage.CANCELLED)) == Tally(cancelled=5)


def test_reader_gets_their_own_language_or_what_stands_in_for_it() -> None:
    some = announcement(texts={KY: "Жарыя", RU: "Объявление"}, fallback=RU)
    assert [(text_for(some, it).html, text_for(some, it).language) for it in (KY, RU, EN)] == [
        ("Жарыя", KY), ("Объявление", RU), ("Объявление", RU),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="no text in en"):
        text_for(announcement(texts=some.texts, fallback=None), EN)


EDITOR, ADMIN = RoleGrant(role=Role.EDITOR), RoleGrant(role=Role.ADMIN)


@pytest.mark.parametrize(
    ("who", "may_send", "may_stop"),
    [
        (OPERATOR, True, True),
        (actor(7002, EDITOR), True, True),
        (actor(7002, ADMIN), True, True),
        (actor(7001, RoleGrant(role=Role.EDITOR, unit_code="mti")), False, True),  # edits only for a unit by now
        (actor(7001), False, True),  # the role was taken away meanwhile
        (actor(7001, RoleGrant(role=Role.REGISTRAR)), False, True),
        (actor(7002, RoleGrant(role=Role.EDITOR, unit_code="mti")), False, False),
        (actor(7002, RoleGrant(role=Role.REGISTRAR)), False, False),
        (actor(7002), False, False),
    ],
)
def test_announcers_decide_and_authors_may_always_stop(who: Actor, may_send: bool, may_stop: bool) -> None:
    for check, may in ((check_sending, may_send), (check_stopping, may_stop)):
        try:
            check(who, announcement())
        except NotAllowed:
            assert not may
        else:
            assert may


def test_what_a_unit_announces_is_sent_on_by_its_editors_only() -> None:
    of_unit = announcement(unit_code="mti")
    check_sending(actor(7002, RoleGrant(role=Role.EDITOR, unit_code="mti")), of_unit)
    check_sending(actor(7002, EDITOR), of_unit)
    with pytest.raises(NotAllowed):
        check_sending(actor(7001, RoleGrant(role=Role.EDITOR, unit_code="fit")), of_unit)


def test_nobody_does_anything_while_their_account_is_on_hold() -> None:
    for check in (check_sending, check_stopping):
        with pytest.raises(LinkFrozen):
            check(actor(7001, EDITOR, ADMIN, frozen=True), announcement())


def test_operator_is_not_the_author_of_what_nobody_is_named_for() -> None:
    with pytest.raises(NotAllowed):
        check_stopping(replace(OPERATOR, grants=frozenset()), announcement(announced_by=None))
