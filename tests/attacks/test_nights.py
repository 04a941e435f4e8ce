"""Attack: whoever has stolen the key of an open survey, and one copy of the tables, asks whose each sealed row is."""

from collections.abc import Sequence

import pytest

from tests.attacks.history import History
from tests.support.attacks import ALARM, ATTACKS, Attack, Evidence, Row, correlate_orders
from tests.support.crowd import ANSWERING

_ATTACKS = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)


def _evidence(marks: Sequence[Row], answered: Sequence[Row], authors: Sequence[int]) -> Evidence:
    """The attacker even knows who declined, and leaves their marks and blanks out."""
    marks = [mark for mark in marks if int(mark["person_id"]) in set(authors)]
    people = [int(mark["person_id"]) for mark in marks]
    groups = dict.fromkeys(people, "")  # inside the seal
    return Evidence(traces=marks, people=people, replies=answered, authors=authors, groups=groups)


@_ATTACKS
def test_on_the_same_day_the_tables_name_everybody(history: History, attack: Attack) -> None:
    success = attack(_evidence(history.marks, history.answered, history.answered_by))
    assert success.p < ALARM, success
    assert attack is correlate_orders or success.links == ANSWERING


@_ATTACKS
def test_after_the_night_they_name_nobody(history: History, attack: Attack) -> None:
    success = attack(_evidence(history.night_marks, history.night_answered, history.night_answered_by))
    assert success.p > ALARM, success


def test_the_night_changes_nothing_but_the_order(history: History) -> None:
    for before, after in ((history.marks, history.night_marks), (history.answered, history.night_answered)):
        columns = [column for column in before[0] if column not in {"xmin", "xmax", "cmin", "cmax", "ctid", "tableoid"}]
        assert sorted([row[column] for column in columns] for row in before) == sorted(
            [row[column] for column in columns] for row in after
        )
        assert len({row["xmin"] for row in after}) == 1
