"""Attack: whoever has copies of all tables, system columns included, links people to replies by value or by order.

Each attack is shown to work first: on a design that somebody might well have written, it finds what it looks for.
"""

from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from services.questionnaires.reading import read_questionnaire
from services.surveys.dto import LEAST_STRATUM
from tests.attacks.history import OTHERS, History
from tests.support.attacks import (
    ALARM,
    ATTACKS,
    Attack,
    Evidence,
    correlate_orders,
    link_by_columns,
    link_by_sorting,
    read_table,
)
from tests.support.crowd import ANSWERING, DECLINING, GROUPS, gather
from tests.support.naive import (
    Design,
    KeptKeys,
    KeysInTime,
    OneTransaction,
    SmallBatches,
    TwoTransactions,
    UnshuffledClosing,
)
from tests.support.surveyed import library_body

_ATTACKS = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)


@pytest.mark.parametrize(
    ("design", "attack", "trace"),
    [
        (OneTransaction, link_by_columns, "naive_marks"),
        (OneTransaction, link_by_sorting, "naive_marks"),
        (TwoTransactions, link_by_sorting, "naive_marks"),
        (TwoTransactions, correlate_orders, "naive_marks"),
        (SmallBatches, correlate_orders, "naive_marks"),
        (UnshuffledClosing, link_by_sorting, "naive_marks"),
        (KeptKeys, link_by_columns, "naive_sealed"),
        (KeysInTime, link_by_sorting, "naive_marks"),
    ],
)
async def test_the_attack_breaks_a_design_that_looks_anonymous(
    engine: AsyncEngine, design: type[Design], attack: Attack, trace: str
) -> None:
    people = {"mti": range(1, 171), "iit": range(171, 321)}
    crowd = gather(read_questionnaire(library_body()), people)
    naive = design(engine)
    await naive.open()
    for one in crowd.respondents:
        await naive.finish(one)
    async with engine.connect() as connection:
        traces = await read_table(connection, trace)
    await naive.close()
    async with engine.connect() as connection:
        replies = await read_table(connection, "naive_replies")
    owners = [int(row["person_id"]) if "person_id" in row else crowd.author_of(row) for row in traces]
    authors = [crowd.author_of(reply) for reply in replies]
    success = attack(Evidence(traces=traces, people=owners, replies=replies, authors=authors, groups=crowd.groups))
    assert success.p < ALARM, success
    if attack is not correlate_orders:
        assert success.links >= 290, success


def test_the_crowd_is_as_large_as_the_attacks_ask(history: History) -> None:
    assert len(history.replies) == len(history.texts) == ANSWERING >= 300
    assert len(history.marks) == ANSWERING + DECLINING
    assert len({tuple(row.items()) for row in history.replies}) == ANSWERING


@_ATTACKS
def test_marks_do_not_lead_to_replies(history: History, attack: Attack) -> None:
    authors = [history.crowd.author_of(reply) for reply in history.replies]
    success = attack(_evidence(history, authors))
    assert success.p > ALARM, success


@_ATTACKS
def test_marks_do_not_lead_to_what_was_said_in_own_words(history: History, attack: Attack) -> None:
    authors = [history.crowd.author_of(said) for said in history.texts]
    evidence = Evidence(
        traces=history.marks, people=history.people, replies=history.texts, authors=authors, groups=history.crowd.groups
    )
    success = attack(evidence)
    assert success.p > ALARM, success


@_ATTACKS
def test_replies_do_not_lead_to_what_the_same_people_said_in_own_words(history: History, attack: Attack) -> None:
    people = [history.crowd.author_of(reply) for reply in history.replies]
    authors = [history.crowd.author_of(said) for said in history.texts]
    evidence = Evidence(
        traces=history.replies, people=people, replies=history.texts, authors=authors, groups=history.crowd.groups
    )
    success = attack(evidence)
    assert success.p > ALARM, success


@_ATTACKS
def test_an_old_copy_of_the_sealed_rows_does_not_lead_to_replies(history: History, attack: Attack) -> None:
    """The copy says whose each sealed row is: mark and row have one transaction. It stays a closed envelope."""
    person_of = {mark["xmin"]: int(mark["person_id"]) for mark in history.marks}
    owners = [person_of[row["xmin"]] for row in history.sealed]
    assert len(set(owners)) == ANSWERING + DECLINING  # who declined has left a blank
    authors = [history.crowd.author_of(reply) for reply in history.replies]
    evidence = Evidence(
        traces=history.sealed, people=owners, replies=history.replies, authors=authors, groups=history.crowd.groups
    )
    success = attack(evidence)
    assert success.p > ALARM, success


@_ATTACKS
def test_closing_one_survey_mixes_the_sealed_rows_of_another(history: History, attack: Attack) -> None:
    assert len(history.other_sealed) == OTHERS
    people = [int(mark["person_id"]) for mark in history.other_marks]
    groups = dict.fromkeys(people, "")  # inside the seal
    evidence = Evidence(
        traces=history.other_marks,
        people=people,
        replies=history.other_sealed,
        authors=history.other_authors,
        groups=groups,
    )
    success = attack(evidence)
    assert success.p > ALARM, success


def test_all_replies_were_written_by_one_transaction_under_random_keys(history: History) -> None:
    assert len({row["xmin"] for row in [*history.replies, *history.texts]}) == 1
    for row in [*history.replies, *history.texts, *history.sealed]:
        assert UUID(row["id"]).version == 4


def test_sealed_rows_have_one_size_whatever_was_answered(history: History) -> None:
    assert len({len(row["body"]) for row in history.sealed}) == 1


def test_no_reply_names_a_group_of_fewer_than_thirty(history: History) -> None:
    assert history.strata == {**GROUPS, "all": sum(GROUPS.values())}
    for row in [*history.replies, *history.texts]:
        assert history.strata[row["stratum"]] >= LEAST_STRATUM
    assert {row["stratum"] for row in history.texts} == {"all"}


def _evidence(history: History, authors: list[int]) -> Evidence:
    return Evidence(
        traces=history.marks,
        people=history.people,
        replies=history.replies,
        authors=authors,
        groups=history.crowd.groups,
    )
