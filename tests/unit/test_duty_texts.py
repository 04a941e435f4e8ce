"""What units read of their duties: it fits into a message, in three languages, whatever the plan prints."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.stationery import UniversityWords
from handlers.common.reader import Reader
from handlers.plan.card_texts import card_text, why_text
from handlers.plan.history_texts import history_text
from handlers.plan.list_texts import list_text
from handlers.plan.texts import resend_text
from services.duties.dto import (
    Cause,
    DutyCard,
    DutyKey,
    DutyLine,
    DutyPage,
    DutyReport,
    Extension,
    Group,
    HistoryAct,
    HistoryLine,
    HistoryPage,
    Outcome,
)
from services.duties.evidence_dto import Evidence, EvidenceKind
from services.html import LONGEST_MESSAGE, visible_length
from services.languages import Language
from services.plans.dto import Duty, DutyState, Instance, ItemState, PlannedItem, Standing
from services.responsibles.dto import Party, Share
from tests.architecture.wording import DATES, DAY, I18N, MOMENT, UNIVERSITY, Markup
from tests.support.handed_on import handed_on_duty

LONG = "<b>Узун & сөз " * 200
HANDED = handed_on_duty(DAY)
ITEM, UNIT = HANDED.item, HANDED.unit
EXTENSIONS = [
    None,
    Extension(wanted=DAY, granted=None, accepted=None, comment=""),
    Extension(wanted=DAY, granted=DAY, accepted=True, comment=""),
    Extension(wanted=DAY, granted=None, accepted=False, comment=LONG),
]


def told(build: Callable[[Reader], str]) -> dict[Language, str]:
    """Build a text in every language and check what every text must be."""
    texts = {}
    for language in Language:
        with I18N.context(), I18N.use_locale(language.value):
            texts[language] = build(Reader(language=language, words=UniversityWords(UNIVERSITY), dates=DATES))
        markup = Markup(texts[language])
        assert markup.opened == []
        assert not set("{}") & set(markup.text)
        assert "None" not in markup.text
        assert visible_length(texts[language]) <= LONGEST_MESSAGE
    assert len(set(texts.values())) == 3
    return texts


def report(number: int, *, accepted: bool | None) -> DutyReport:
    evidence = tuple(
        Evidence(id=n, report_id=number, kind=EvidenceKind.LINK if n % 2 else EvidenceKind.FILE, label=LONG[:400])
        for n in range(10)
    )
    return DutyReport(
        id=number, outcome=Outcome.PARTLY, words=LONG, held_on=DAY, count=3, attendance=40, reported_on=DAY,
        reported_at=datetime(2026, 11, 1, tzinfo=UTC), accepted=accepted, comment=LONG, evidence=evidence,
    )  # fmt: skip


def card(state: DutyState = DutyState.OPEN, **changes: object) -> DutyCard:
    """Return a card on which everything is as long as can be."""
    item = replace(
        ITEM, title=LONG, task=f"{LONG}!", section=LONG, document=LONG, indicator=LONG, budget=LONG, count_target=10,
        responsible_text=LONG, participants_text=LONG, confirmed=False, reason=LONG,
        deadline=replace(ITEM.deadline, text=LONG),
        parties=tuple(Party(code="ob", share=share, text=LONG) for share in Share),
    )  # fmt: skip
    instance = Instance(
        id=1, item_id=1, ordinal=1, starts_on=None, first_due=date(2026, 1, 1), due=DAY, soft=False, due_version=1
    )
    duty = Duty(
        id=1, instance_id=1, unit_code="ob", state=state, due=None, due_version=0, person_id=1, reason=LONG,
        accepted_at=None, done_on=DAY if state is DutyState.DONE else None, reported_on=DAY, version=1,
    )  # fmt: skip
    facts: dict[str, object] = {
        "planned": PlannedItem(item=item, instances=(instance, replace(instance, id=2)), duties=(duty,)),
        "instance": instance,
        "duty": duty,
        "unit": UNIT,
        "share": Share.RESPONSIBLE,
        "standing": Standing.AHEAD,
        "today": DAY,
        "units": {"ob": UNIT},
        "reports": tuple(report(n, accepted=accepted) for n, accepted in enumerate((None, True, False, None))),
        "said": 3,
        "holder": "<i>Асан уулу",
    }
    return DutyCard(**(facts | changes))  # type: ignore[arg-type]  # a card's own facts


@pytest.mark.parametrize("state", DutyState)
def test_card_of_every_state_fits_into_a_message(state: DutyState) -> None:
    told(lambda reader: card_text(card(state), reader, "note"))


@pytest.mark.parametrize("extension", EXTENSIONS, ids=["none", "asked", "granted", "refused"])
def test_every_extension_is_told(extension: Extension | None) -> None:
    told(lambda reader: card_text(card(extension=extension), reader))


def test_participants_the_cancelled_and_the_closed_are_told_so() -> None:
    told(lambda reader: card_text(card(share=Share.PARTICIPANT), reader))
    told(lambda reader: card_text(card(open_plan=False), reader))
    planned = card().planned
    cancelled = replace(planned, item=replace(planned.item, state=ItemState.CANCELLED))
    assert "⛔" in told(lambda reader: card_text(card(planned=cancelled), reader))[Language.EN]


def test_what_was_typed_is_given_back_whole_below_the_longest_card() -> None:
    words = "ж" * 500
    for text in told(lambda reader: resend_text(card(), words, reader)).values():
        assert words in text


def told_history(*lines: HistoryLine) -> None:
    told(lambda reader: history_text(card(), HistoryPage(lines=lines, page=0, pages=2), reader))


def test_history_names_every_act_and_what_it_does_not_know() -> None:
    details = {"reason": LONG, "words": LONG, "day": DAY.isoformat(), "outcome": "done", "name": "<b>Ким"}
    for act in (*HistoryAct, "moved"):
        line = HistoryLine(at=MOMENT, act=act, unit="<i>Бөлүм", who="<b>Ким", details=details)
        told_history(line, line, line, line, line, line)
    told_history()


def test_causes_are_told_for_the_unit_and_for_its_group() -> None:
    causes = [Cause(printed=LONG, named=UNIT, is_group=group, share=Share.RESPONSIBLE) for group in (True, False)]
    told(lambda reader: why_text(card(), causes, reader))


@pytest.mark.parametrize("group", Group)
@pytest.mark.parametrize("lines", [0, 8])
def test_longest_page_of_every_group_fits_into_a_message(group: Group, lines: int) -> None:
    line = DutyLine(
        key=DutyKey(instance_id=1, unit_id=1), unit=UNIT, title=LONG, due=DAY, printed=LONG, soft=True,
        standing=Standing.NEAR, mine=True,
    )  # fmt: skip
    page = DutyPage(
        units=(UNIT,) * 9, group=group, unit_id=None, only_mine=True, lines=(line,) * lines, counts={group: lines},
        mine=8, page=0, pages=2, today=DAY,
    )  # fmt: skip
    told(lambda reader: list_text(page, reader))
