"""What the screens of a desk say: cut to what Telegram takes, typed words as typed, progress at a decent pace."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.documents.university import load
from bot.i18n import Catalogues
from bot.localtime import LocalTime
from bot.stationery import UniversityWords, kinds_of
from handlers.common.reader import Reader
from handlers.common.ready_reasons import ready_reason_name, refusal_text
from handlers.desk.bulk import Pace
from handlers.desk.card_texts import card_text, question_text
from handlers.desk.keyboards import card_keyboard, queue_keyboard
from handlers.desk.queue_texts import queue_text
from handlers.desk.round import find, next_fact
from handlers.desk.texts import many_done_text, many_text
from services.certificates.dto import FactType
from services.certificates.fields import rows_of, typed_rows
from services.html import LONGEST_MESSAGE, find_fault, visible_length
from services.languages import Language
from services.requests.dto import (
    BulkEntry,
    BulkOutcome,
    CertificateRequest,
    DeskFact,
    PaperCopy,
    QueueCounts,
    QueueEntry,
    QueuePage,
    QueueView,
    ReadyReason,
    RequestOnDesk,
    RequestState,
)
from services.requests.errors import FactsNotEntered, RequestChanged
from services.requests.rules import ready_reason, written_reason

UNIVERSITY = load()
KIND = kinds_of(UNIVERSITY)["academic"]
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
I18N = Catalogues()
NAME = "<b>Маматова</b> & Ко"
ROWS = json.dumps([["<i>Сүрөт тартуу жана дизайн негиздери " * 3, "120", "4", "5"]] * 200)
REQUEST = CertificateRequest(
    id=7, version=3, person_id=1, account_id=1, kind=KIND.id, language=Language.KY, desk=KIND.desk,
    state=RequestState.TAKEN, asked={}, entered={}, question="<u>" * 160, answer="&" * 500, refusal="",
    receipt_file_id=None, receipt_refusal="", paid_at=NOW, created_at=NOW, queued_at=NOW, promised_on=DAY, taken_by=5,
    holder=NAME, decided_at=None, certificate_id=None, paper_copy=PaperCopy.NONE, paper_copy_at=None,
)  # fmt: skip


@pytest.fixture(params=list(Language))
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Somebody who reads one of the languages."""
    language: Language = request.param
    with I18N.context(), I18N.use_locale(language.value):
        yield Reader(language=language, words=UniversityWords(UNIVERSITY), dates=LocalTime(ZoneInfo("Asia/Bishkek")))


def value_of(fact_type: FactType) -> str:
    """Return something long of a type."""
    values = {FactType.DATE: "2025-08-25", FactType.NUMBER: "4", FactType.TABLE: ROWS, FactType.CHOICE: "own_wish"}
    return values.get(fact_type, "<Узун & маани> " * 20)


def on_desk(request: CertificateRequest = REQUEST, *, filled: bool = True) -> RequestOnDesk:
    """Return a request with everything entered, or with nothing."""
    facts = tuple(DeskFact(rule=rule, value=value_of(rule.type) if filled else "") for rule in KIND.facts)
    return RequestOnDesk(
        request=request, kind=KIND, person_name=NAME, person_no="S-<1>", facts=facts,
        lacking=() if filled else ("study_to", "grade_rows"), mine=True, today=DAY, receipts_alike=2,
    )  # fmt: skip


@pytest.mark.parametrize("state", list(RequestState))
def test_card_fits_into_a_message_however_much_was_written(reader: Reader, state: RequestState) -> None:
    for filled in (True, False):
        text = card_text(on_desk(replace(REQUEST, state=state, refusal="<x>"), filled=filled), reader, "Note")
        assert find_fault(text) is None
        assert visible_length(text) <= LONGEST_MESSAGE
        assert "&lt;b&gt;Маматова&lt;/b&gt; &amp; Ко" in text
    assert card_keyboard(on_desk()).inline_keyboard


def test_every_question_fits_and_a_long_table_ends_with_what_came_last(reader: Reader) -> None:
    shown = on_desk()
    for fact in shown.facts:
        text = question_text(shown, fact, reader)
        assert find_fault(text) is None
        assert visible_length(text) <= LONGEST_MESSAGE
    table = find(shown, "grade_rows")
    assert table is not None
    assert "200) &lt;i&gt;" in question_text(shown, table, reader)


def test_round_asks_for_what_is_empty_in_the_order_of_the_file() -> None:
    shown, passed = on_desk(filled=False), list[str]()
    while (fact := next_fact(shown, passed)) is not None:
        passed.append(fact.rule.name)
    assert passed[:4] == ["study_to", "previous_education", "course_completed", "grade_rows"]
    assert "recipient" not in passed, "what its person may leave out is not asked of the desk"
    assert next_fact(on_desk(), []) is None


def test_queue_names_everybody_as_they_are_called(reader: Reader) -> None:
    entries = tuple(
        QueueEntry(request=replace(REQUEST, state=state, promised_on=day, paper_copy=copy), person_name=NAME)
        for state, day, copy in (
            (RequestState.TAKEN, date(2026, 11, 20), PaperCopy.NONE),
            (RequestState.WAITING, DAY, PaperCopy.NONE),
            (RequestState.ASKED, date(2026, 11, 30), PaperCopy.NONE),
            (RequestState.UNPAID, None, PaperCopy.NONE),
            (RequestState.APPROVED, None, PaperCopy.WANTED),
            (RequestState.APPROVED, None, PaperCopy.READY),
        )
    )
    counts = QueueCounts(open=3, late=1, due_today=1, mine=1, free=1, asked=1, receipts=1, copies=2)
    page = QueuePage(desk="ob", view=QueueView.OPEN, entries=entries, page=1, pages=3, counts=counts, today=DAY)
    text = queue_text(page, reader)
    assert find_fault(text) is None
    for number, sign in enumerate("🔴🟡❓🧾📄📄", start=9):
        assert f"{number}. {sign}" in text
    turns = [button.text for row in queue_keyboard(page).inline_keyboard for button in row if button.text in "‹›"]
    assert turns == ["‹", "›"]
    for view in QueueView:
        assert queue_text(replace(page, view=view, entries=()), reader)


def test_many_say_why_some_are_left(reader: Reader) -> None:
    refusal = FactsNotEntered(KIND, ["study_to", "grade_rows", "reason", "order_no"])
    entries = [
        BulkEntry(request_id=n, version=1, kind=KIND.id, person_name=NAME, refusal=refusal if n % 2 else None)
        for n in range(500)
    ]
    outcomes = [BulkOutcome(request_id=1, refusal=RequestChanged()), BulkOutcome(request_id=2)]
    for text in (many_text(KIND.id, entries, reader), many_done_text(outcomes, {1: NAME}, reader)):
        assert find_fault(text) is None
        assert visible_length(text) <= LONGEST_MESSAGE


def test_ready_reason_is_read_in_the_readers_language_and_own_words_stay(reader: Reader) -> None:
    for reason in ReadyReason:
        assert ready_reason(written_reason(reason)) is reason
        assert refusal_text(written_reason(reason)) != written_reason(reason) != ready_reason_name(reason)
    assert refusal_text("ready:whatever") == "ready:whatever"
    assert reader.words.desk_name("gone", reader.language) == reader.words.kind_name("gone", reader.language) == "gone"


def test_table_that_is_kept_can_be_typed_again() -> None:
    rows = [["Физика; оптика", "5"], ["Химия", "4"]]
    assert typed_rows(json.dumps(rows)) == ["Физика; оптика\t5", "Химия\t4"]
    assert typed_rows("") == []
    assert rows_of(json.dumps(rows)) == rows


def test_progress_is_told_every_two_seconds_at_most() -> None:
    now = 10.0
    pace = Pace(lambda: now)
    assert not pace.is_due()
    now = 11.9
    assert not pace.is_due()
    now = 12.0
    assert pace.is_due()
    assert not pace.is_due()
