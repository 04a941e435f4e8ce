"""Attack: whoever has the server's disk, or its log and ours, looks there for what the tables do not say."""

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from services.questionnaires.reading import read_questionnaire
from tests.attacks.history import History
from tests.support.attacks import ALARM, ATTACKS, Attack, Evidence, Row, link_by_columns
from tests.support.crowd import ANSWERING, gather
from tests.support.disk import JOURNAL, Disk, Insert
from tests.support.naive import OneTransaction
from tests.support.surveyed import library_body

_BODY = bytes(range(1, 65))


@pytest.fixture
def seen(history: History) -> History:
    """What was seen on the server's disk, where it is a disk of this machine."""
    if not history.on_disk:
        pytest.skip("the server of TEST_DATABASE_URL keeps its files where this test cannot read them")
    return history


def test_while_a_survey_is_open_no_file_of_the_server_holds_a_word_of_a_reply(seen: History) -> None:
    assert seen.found_open == set()


def test_after_closing_words_lie_in_their_table_and_in_the_journal_alone(seen: History) -> None:
    """The search finds what is there, so it would have found it before."""
    assert seen.found_closed == {"survey_texts", JOURNAL}


def test_sealed_rows_are_gone_from_the_tables_on_the_disk(seen: History) -> None:
    assert seen.bodies_left <= {JOURNAL}


async def test_rows_that_are_only_deleted_are_found_on_the_disk(engine: AsyncEngine, seen: History) -> None:
    assert seen.on_disk
    async with engine.begin() as connection:
        await connection.execute(text("create table naive_sealed (body bytea)"))
        await connection.execute(text("insert into naive_sealed values (:body)"), {"body": _BODY})
    async with engine.begin() as connection:
        await connection.execute(text("delete from naive_sealed"))
    disk = await Disk.of(engine)
    async with engine.connect() as connection:
        await disk.name_tables(connection)
    assert "naive_sealed" in await disk.find([_BODY])


async def test_the_journal_links_whoever_writes_mark_and_reply_at_once(engine: AsyncEngine, seen: History) -> None:
    crowd = gather(read_questionnaire(library_body()), {"mti": range(1, 171), "iit": range(171, 321)})
    assert seen.on_disk
    naive, disk = OneTransaction(engine), await Disk.of(engine)
    begun = await disk.position()
    await naive.open()
    for one in crowd.respondents:
        await naive.finish(one)
    async with engine.connect() as connection:
        await disk.name_tables(connection)
    rows = await disk.list_inserts(begun)
    owners = [one.person for one in crowd.respondents]  # whose is whose, the test knows by the order
    evidence = Evidence(
        traces=_of(rows, "naive_marks"), people=owners,
        replies=_of(rows, "naive_replies"), authors=owners, groups=crowd.groups,
    )  # fmt: skip
    success = link_by_columns(evidence)
    assert success.p < ALARM, success
    assert success.links == ANSWERING


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_the_journal_does_not_lead_from_marks_to_replies(seen: History, attack: Attack) -> None:
    person_of = {mark["ctid"]: int(mark["person_id"]) for mark in seen.marks}
    author_of = {reply["ctid"]: seen.crowd.author_of(reply) for reply in seen.replies}
    marks = [row for row in _of(seen.inserts, "survey_marks") if row["ctid"] in person_of]
    replies = _of(seen.inserts, "survey_replies")
    assert len(replies) == ANSWERING
    evidence = Evidence(
        traces=marks,
        people=[person_of[row["ctid"]] for row in marks],
        replies=replies,
        authors=[author_of[row["ctid"]] for row in replies],
        groups=seen.crowd.groups,
    )
    success = attack(evidence)
    assert success.p > ALARM, success


def test_all_readable_replies_came_in_one_transaction_of_the_journal(seen: History) -> None:
    writing = {row.tx for row in seen.inserts if row.table in {"survey_replies", "survey_texts"}}
    assert len(writing) == 1
    assert writing.isdisjoint(row.tx for row in seen.inserts if row.table == "survey_marks")


def test_no_log_at_its_most_talkative_says_a_word_of_a_reply(history: History) -> None:
    assert any(f"survey {history.survey.id} is closed" in line for line in history.log)
    assert any("insert into sealed_replies" in line for line in history.log)  # the log is as talkative as it can be
    everything = "\n".join(history.log)
    for one in history.crowd.respondents:
        assert one.words.split()[-1] not in everything


def _of(inserts: list[Insert], table: str) -> list[Row]:
    return [{"tx": str(row.tx), "lsn": str(row.lsn), "ctid": row.ctid} for row in inserts if row.table == table]
