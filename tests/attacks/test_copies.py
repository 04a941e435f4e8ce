"""Attack: whoever copies the whole database again and again looks for what one person's reply has changed."""

from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy.ext.asyncio import AsyncEngine

from services.questionnaires.reading import read_questionnaire
from tests.attacks.history import COPIED, Dump, History
from tests.support.attacks import ALARM, Evidence, Row, link_by_mention, read_table
from tests.support.crowd import gather
from tests.support.naive import KeptKeys
from tests.support.surveyed import library_body


def _came(before: Dump, after: Dump) -> dict[str, set[str]]:
    """Return what a copy has more than the one before, by table."""
    return {table: new for table in after if (new := set(after[table]) - set(before[table]))}


def _gone(before: Dump, after: Dump) -> dict[str, set[str]]:
    return _came(after, before)


def _steps(dumps: Sequence[Dump]) -> list[tuple[Dump, Dump]]:
    return list(pairwise(dumps))


async def test_the_attack_finds_rows_that_keep_their_keys(engine: AsyncEngine) -> None:
    crowd = gather(read_questionnaire(library_body()), {"mti": range(1, 171), "iit": range(171, 321)})
    naive, traces, before = KeptKeys(engine), [], set[str]()
    await naive.open()
    for one in crowd.respondents[:COPIED]:
        await naive.finish(one)
        async with engine.connect() as connection:
            sealed = await read_table(connection, "naive_sealed")
        new = [row["id"] for row in sealed if row["id"] not in before]  # all else is under seal
        before |= set(new)
        traces.append({"new": " ".join(new)})
    await naive.close()
    async with engine.connect() as connection:
        replies = await read_table(connection, "naive_replies")
    evidence = Evidence(
        traces=traces,
        people=[one.person for one in crowd.respondents[:COPIED]],
        replies=replies,
        authors=[crowd.author_of(reply) for reply in replies],
        groups=crowd.groups,
    )
    success = link_by_mention(evidence)
    assert success.p < ALARM, success
    assert success.links == COPIED


def test_a_reply_leaves_a_mark_and_a_sealed_row_and_nothing_else(history: History) -> None:
    for before, after in _steps(history.dumps):
        assert _gone(before, after) == {}
        assert {table: len(rows) for table, rows in _came(before, after).items()} == {
            "sealed_replies": 1, "survey_marks": 1,
        }  # fmt: skip


def test_what_came_with_a_reply_does_not_lead_to_it_after_closing(history: History) -> None:
    traces: list[Row] = [
        {"new": " ".join(row for rows in _came(*step).values() for row in rows)} for step in _steps(history.dumps)
    ]
    for replies in (history.replies, history.texts):
        evidence = Evidence(
            traces=traces,
            people=[one.person for one in history.copied],
            replies=replies,
            authors=[history.crowd.author_of(reply) for reply in replies],
            groups=history.crowd.groups,
        )
        success = link_by_mention(evidence)
        assert success.p > ALARM, success


def test_before_closing_no_table_says_what_was_answered(history: History) -> None:
    everything = "\n".join(row for rows in history.full.values() for row in rows)
    final = "\n".join(history.final["survey_texts"])
    for one in history.crowd.respondents:
        assert one.words.split()[-1] in final  # the search finds what is there
        assert one.words.split()[-1] not in everything


def test_after_closing_only_the_two_tables_of_replies_have_changed_for_the_better(history: History) -> None:
    came = _came(history.full, history.final)
    gone = _gone(history.full, history.final)
    assert set(came) == {"survey_replies", "survey_texts", "surveys", "audit_entries", "sequences"}
    assert set(gone) == {"sealed_replies", "survey_marks", "surveys", "sequences"}
    assert (len(came["surveys"]), len(came["audit_entries"]), len(came["sequences"])) == (1, 1, 1)
    for one in history.crowd.respondents:
        holders = {table for table, rows in history.final.items() if any(one.words in row for row in rows)}
        assert holders == {"survey_texts"}
