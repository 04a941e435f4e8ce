"""Groups of few replies are put together at closing, so that none that is written is a name."""

import random

import pytest

from services.languages import Language
from services.questionnaires.reading import read_questionnaire
from services.surveys.dto import FEWEST, WHOLE, Reply, Stratum
from services.surveys.merging import Merged, merge_small
from services.surveys.opened import Opened
from services.surveys.sealing import SealError, new_private_key, open_sealed, public_key_of, room_for, seal
from tests.support.closed_surveys import grown
from tests.support.surveyed import library_body

UNEVEN = grown({"A": {"1": 35, "2": 35}, "B": {"1": 35, "2": 35}, "C": 35})


def sizes(merged: Merged) -> dict[str, int]:
    return {one.code: one.people for one in merged.strata}


def test_what_is_large_enough_stays_as_it_is() -> None:
    strata = grown({"mti": {"1": 40, "2": 50}, "tri": 60})
    merged = merge_small(strata, {"mti/1": 10, "mti/2": 30, "tri": 12})
    assert merged.strata == tuple(strata)
    assert merged.leaves == {"mti/1": "mti/1", "mti/2": "mti/2", "tri": "tri"}


def test_small_units_go_together_and_take_the_one_with_fewest_replies_if_they_are_few() -> None:
    strata = grown({"fit": 40, "iit": 50, "mti": 60, "tri": 70})
    enough = merge_small(strata, {"fit": 6, "iit": 5, "mti": 30, "tri": 20})
    assert sizes(enough) == {"all": 220, "mti": 60, "tri": 70, "other": 90}
    few = merge_small(strata, {"fit": 3, "iit": 5, "mti": 30, "tri": 20})
    assert sizes(few) == {"all": 220, "mti": 60, "other": 160}
    assert few.strata[-1].covers == ("fit", "iit", "tri")
    assert few.strata[-1].name.en == "Other units"


def test_no_group_is_left_alone_beside_its_parent() -> None:
    merged = merge_small(grown({"mti": 60, "tri": 70}, tickets=True), {"mti": 30, "tri": 9})
    (whole,) = merged.strata
    assert (whole.code, whole.leaf, whole.people, whole.tickets) == (WHOLE, True, 130, 130)
    assert whole.covers == ("mti", "tri")
    assert merged.leaves == {"mti": WHOLE, "tri": WHOLE}


def test_courses_of_a_unit_go_together_and_say_what_they_cover() -> None:
    strata = grown({"mti": {"1": 40, "2": 40, "3": 40, "4": 40}, "tri": 50})
    merged = merge_small(strata, {"mti/1": 20, "mti/2": 6, "mti/3": 6, "mti/4": 20, "tri": 20})
    others = next(one for one in merged.strata if one.code == "mti/other")
    assert (others.parent, others.people, others.covers) == ("mti", 80, ("mti/2", "mti/3"))
    assert others.name.ru == "MTI: прочие курсы"
    hardly = merge_small(strata, {"mti/1": 9, "mti/2": 1, "tri": 20})
    assert sizes(hardly) == {"all": 210, "mti": 160, "tri": 50}
    assert hardly.leaves == {"mti/1": "mti", "mti/2": "mti", "mti/3": "mti", "mti/4": "mti", "tri": "tri"}


@pytest.mark.parametrize("seed", range(150))
def test_whatever_the_replies_every_group_has_ten_or_is_the_whole(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- what fails must come again
    strata = grown({
        f"u{number}": {str(course): 30 for course in range(1, chance.randint(3, 6))} if chance.random() < 0.5 else 30
        for number in range(chance.randint(2, 7))
    })  # fmt: skip
    replies = {one.code: chance.choice([0, 0, 1, 2, 3, 9, 10, 25]) for one in strata if one.leaf}
    merged = merge_small(strata, replies)
    by_code = {one.code: one for one in merged.strata}
    assert len(by_code) == len(merged.strata)
    assert set(merged.leaves) == set(replies)
    for one in merged.strata:
        below = [other for other in merged.strata if other.parent == one.code]
        assert one.leaf is not bool(below)
        assert len(below) != 1
        assert not below or sum(other.people for other in below) == one.people
        assert all(one.name.get(language) for language in Language)
        if one.leaf:
            held = sum(replies[leaf] for leaf, now in merged.leaves.items() if now == one.code)
            assert held >= FEWEST or one.code == WHOLE
    assert set(merged.above().values()) <= set(by_code)


def test_own_words_of_one_unit_are_not_the_only_ones_of_the_whole() -> None:
    leaves = [one.code for one in UNEVEN if one.leaf]
    assert set(merge_small(UNEVEN, dict.fromkeys(leaves, 20)).above().values()) == {WHOLE}
    two = grown({"A": {"1": 35, "2": 35}, "C": 35, "D": 35})
    above = merge_small(two, {one.code: 20 for one in two if one.leaf}).above()
    assert above == {"A/1": "A", "A/2": "A", "C": WHOLE, "D": WHOLE}


async def test_words_go_where_their_group_goes() -> None:
    opened = Opened(read_questionnaire(library_body()), UNEVEN)
    questionnaire, private = read_questionnaire(library_body()), new_private_key()
    room = room_for(questionnaire)

    def sealed(stratum: Stratum) -> bytes:
        reply = Reply(stratum=stratum.code, answers={}, texts={"ft_keep": stratum.code})
        return seal(reply, public_key_of(private), room)

    await opened.add([sealed(one) for one in UNEVEN if one.leaf for _ in range(10 if one.code < "B" else 2)], private)
    await opened.settle()
    assert opened.merged is not None
    assert [one.code for one in opened.merged.strata if one.leaf] == ["all"]
    assert {(one.stratum, one.words) for one in opened.texts} == {
        ("all", one.code) for one in UNEVEN if one.leaf
    }  # fmt: skip


@pytest.mark.parametrize("inside", [b"no JSON", b"[]", b'{"s":1,"a":{},"t":{}}', b'{"s":"x","a":{"q":1.5},"t":{}}',
                                    b'{"s":"x","a":{},"t":{"q":-1}}', b'{"s":"x","a":{"q":[1]},"t":{}}', b"[" * 9000,
                                    b"\xff"])  # fmt: skip
def test_what_is_no_reply_inside_its_seal_is_broken(inside: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    private = new_private_key()
    with monkeypatch.context() as forged:
        forged.setattr("services.surveys.sealing._dump", lambda _header: inside)
        body = seal(Reply(stratum="x", answers={}), public_key_of(private), 10_000)
    with pytest.raises(SealError):
        open_sealed(body, private)
