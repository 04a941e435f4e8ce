"""Replies under seal: all of one size, opened by their key alone."""

import pytest

from services.questionnaires.dto import NOT_SAID
from services.questionnaires.reading import read_questionnaire
from services.surveys.dto import Reply
from services.surveys.sealing import SealError, new_private_key, open_sealed, public_key_of, room_for, seal
from tests.support.surveyed import library_body

CLIMATE = read_questionnaire(library_body())
ROOM = room_for(CLIMATE)
FULL = Reply(
    stratum="mti",
    answers={item.code: NOT_SAID for item in CLIMATE.closed_items},
    texts={item.code: "😀" * item.max_chars for item in CLIMATE.texts},
)
EMPTY = Reply(stratum="all", answers={})
ODD = Reply(stratum="ии-т", answers={"a": ("x", "y"), "b": 3}, texts={"ft_keep": 'Жакшы " <b>\n'})


@pytest.mark.parametrize("reply", [FULL, EMPTY, ODD])
def test_what_was_sealed_comes_out_as_it_was(reply: Reply) -> None:
    private = new_private_key()
    assert open_sealed(seal(reply, public_key_of(private), ROOM), private) == reply


def test_a_short_reply_looks_like_a_long_one() -> None:
    public = public_key_of(new_private_key())
    assert {len(seal(reply, public, ROOM)) for reply in (FULL, EMPTY, ODD)} == {ROOM + 48}


def test_the_same_reply_never_looks_the_same() -> None:
    public = public_key_of(new_private_key())
    assert len({seal(EMPTY, public, ROOM) for _ in range(20)}) == 20


def test_another_key_opens_nothing() -> None:
    sealed = seal(FULL, public_key_of(new_private_key()), ROOM)
    with pytest.raises(SealError):
        open_sealed(sealed, new_private_key())


@pytest.mark.parametrize("place", [0, 40, -1])
def test_a_changed_reply_is_not_taken(place: int) -> None:
    private = new_private_key()
    sealed = bytearray(seal(EMPTY, public_key_of(private), ROOM))
    sealed[place] ^= 1
    with pytest.raises(SealError):
        open_sealed(bytes(sealed), private)
