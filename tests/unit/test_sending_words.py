"""What is said of announcements on their way out, in every state and three languages; times as people type them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.cli import announcement as command
from handlers.announcements.keyboards import card_keyboard, plan_keyboard, submitted_keyboard
from handlers.announcements.sending_texts import (
    approval_text,
    group_text,
    plan_text,
    preview_text,
    submitted_text,
    time_text,
    twin_text,
)
from handlers.announcements.texts import card_text, sent_text
from services.announcements.dto import AnnouncementStage, AnnouncementState, SendingOptions
from services.announcements.errors import MomentUnreadable
from services.announcements.moments import read_moment
from services.announcements.sending_dto import Approval, ApprovalReason, Card, SendingPlan, Sent, Submitted, Twin
from services.delivery.dto import Tally
from services.languages import Language
from tests.architecture.wording import DATES, I18N, MOMENT, check
from tests.support.announcements import announcement

TODAY, NOW = date(2026, 11, 21), time(12)
EVERYTHING = SendingOptions(
    wanted_at=datetime(2026, 11, 25, 8, 30, tzinfo=UTC), urgent=True, asks_reading=True, is_public=True
)
DRAFT = announcement(stage=AnnouncementStage.DRAFT, options=EVERYTHING, returned="<b>Күнү</b> & сааты")


def in_all(say: Callable[[Language], str]) -> dict[Language, str]:
    said = {}
    for language in Language:
        with I18N.context(), I18N.use_locale(language.value):
            said[language] = say(language)
    return said


@pytest.mark.parametrize("state", AnnouncementState)
def test_card_is_put_into_words_in_every_state(state: AnnouncementState) -> None:
    begun = announcement(stage=AnnouncementStage.BEGUN, notice_id=1, recipients=9)
    tally = Tally(pending=3, sent=1, failed=1, blocked=1, unknown=1, cancelled=1, skipped=1)
    fault = "Bad Request: <b>" if state is AnnouncementState.STOPPED else ""
    card = Card(announcement=begun, state=state, tally=tally, author="<b>Ким", fault=fault, seconds_left=61)
    check(in_all(lambda reader: card_text(card, reader, DATES)))
    check(in_all(lambda reader: sent_text([Sent(announcement=begun, state=state)], reader, DATES)))
    with I18N.context():
        for watched in (True, False):
            assert card_keyboard(card, watched=watched).inline_keyboard
    assert command._STATES[state.value]


def test_card_of_nobody_and_an_empty_list_are_put_into_words() -> None:
    nobody = announcement(stage=AnnouncementStage.BEGUN, notice_id=1, recipients=0)
    card = Card(announcement=nobody, state=AnnouncementState.DONE, tally=Tally())
    check(in_all(lambda reader: card_text(card, reader, DATES)))
    check(in_all(lambda reader: sent_text([], reader, DATES)))


@pytest.mark.parametrize("stage", list(AnnouncementStage)[:4])
@pytest.mark.parametrize("recipients", [None, 0, 2_000])
@pytest.mark.parametrize("only", [None, Language.KY])
def test_what_will_happen_is_put_into_words(
    stage: AnnouncementStage, recipients: int | None, only: Language | None
) -> None:
    draft = replace(DRAFT, stage=stage)
    if only is not None:
        content = replace(draft.content, texts={only: "Жарыя"}, fallback=only)
        draft = replace(draft, content=content, options=SendingOptions())
    reasons = tuple(ApprovalReason) if recipients else ()
    plan = SendingPlan(draft=draft, recipients=recipients, unreachable=0, reasons=reasons, approvers=0, above=1_000)
    check(in_all(lambda reader: plan_text(replace(plan, promises=True), reader, DATES)))
    check(in_all(lambda reader: plan_text(plan, reader, DATES)))
    check(in_all(lambda reader: time_text(reader, DATES, draft)))
    approval = Approval(announcement=draft, recipients=5, reasons=reasons, is_past=True, author="<b>Ким")
    check(in_all(lambda reader: approval_text(approval, reader, DATES)))
    check(in_all(lambda reader: approval_text(replace(approval, promises=True), reader, DATES)))
    submitted = Submitted(announcement=draft, recipients=1, approvers=2)
    check(in_all(lambda reader: submitted_text(submitted, reader, DATES)))
    with I18N.context():
        assert plan_keyboard(plan).inline_keyboard
        assert submitted_keyboard(submitted).inline_keyboard


def test_only_what_the_university_announces_is_offered_to_everybody() -> None:
    draft = replace(DRAFT, returned="")
    of_unit = replace(draft, unit_code="mti")
    offered = []
    for one in (draft, of_unit):
        plan = SendingPlan(draft=one, recipients=5, unreachable=0, reasons=(), approvers=0, above=1_000)
        with I18N.context(), I18N.use_locale("en"):
            keyboard = plan_keyboard(plan).inline_keyboard
        offered.append("✅ Everybody sees it, guests too" in [button.text for row in keyboard for button in row])
    assert offered == [True, False]


def test_draft_without_any_text_is_put_into_words() -> None:
    empty = replace(DRAFT, content=replace(DRAFT.content, texts={}))
    plan = SendingPlan(draft=empty, recipients=None, unreachable=0, reasons=(), approvers=0, above=1)
    check(in_all(lambda reader: plan_text(plan, reader, DATES)))


@pytest.mark.parametrize("count", [1, 3, 418])
def test_counts_are_put_into_words(count: int) -> None:
    check(in_all(lambda _reader: preview_text(count)))
    check(in_all(lambda _reader: group_text(count)))
    twin = Twin(announcement_id=1, recipients=count, sent_at=MOMENT)
    check(in_all(lambda reader: twin_text(twin, reader, DATES)))


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("25.11 14:30", date(2026, 11, 25), time(14, 30)),
        (" 25/11/2026,  9.05 ", date(2026, 11, 25), time(9, 5)),
        ("5.1 9:00", date(2027, 1, 5), time(9)),
        ("20.11 9:00", date(2026, 11, 20), time(9)),
        ("14:30", TODAY, time(14, 30)),
        ("11:30", date(2026, 11, 22), time(11, 30)),
    ],
)
def test_time_is_read_as_it_is_typed(typed: str, day: date, at: time) -> None:
    assert read_moment(typed, TODAY, NOW) == (day, at)


@pytest.mark.parametrize("typed", ["", "завтра", "31.02 10:00", "25.11", "24:00", "29.2 10:00", "1.1.0000 10:00"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(MomentUnreadable):
        read_moment(typed, TODAY, NOW)
