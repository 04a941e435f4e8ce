"""Which notices go into one message."""

import pytest

from services.delivery.digest import Worded, pack
from services.delivery.dto import DueNotice, NoticeKind, OutgoingButton, OutgoingMessage
from services.html import find_fault, visible_length
from services.languages import Language

BETWEEN = "\n\n➖➖➖\n\n"
HEAD = "🗞 <b>What came today</b>"
MONKEY = "🐒"  # two UTF-16 units
LIMIT = 4_096


def worded(text: str, **more: object) -> Worded:
    notice = DueNotice(
        delivery_id=1, chat_id=1, kind=NoticeKind.LINK_MOVED, payload={}, language=Language.KY
    )  # fmt: skip
    return Worded(notice=notice, message=OutgoingMessage(text=text, **more))  # type: ignore[arg-type]  # fields of it


def digest(*texts: str) -> tuple[str, int]:
    """Return the text, and how many are left."""
    packed = pack(HEAD, [worded(text) for text in texts])
    return packed.text, len(packed.left)


def test_all_stand_under_one_head_in_their_order() -> None:
    assert digest("one", "<i>two</i>", "three") == (BETWEEN.join([HEAD, "one", "<i>two</i>", "three"]), 0)


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("sign", ["x", "ө", MONKEY, "&lt;"])
def test_as_many_as_fit_into_telegrams_limit_in_its_own_units(sign: str, over: int) -> None:
    room = LIMIT - visible_length(BETWEEN.join([HEAD, "first", ""]))
    fill = "x" * (room % visible_length(sign) + over) + sign * (room // visible_length(sign))
    text, left = digest("first", fill)
    assert left == over
    assert visible_length(text) == (visible_length(BETWEEN.join([HEAD, "first"])) if over else LIMIT)


def test_what_does_not_fit_stays_whole_and_keeps_its_order() -> None:
    long = f"<b>{'y' * 3_000}</b>"
    packed = pack(HEAD, [worded("one"), worded(long), worded(long), worded("four")])
    assert packed.text == BETWEEN.join([HEAD, "one", long])
    assert [one.message.text for one in packed.left] == [long, "four"]


def test_tags_are_never_cut_and_never_more_than_telegram_shows() -> None:
    texts = [f"<b>{number}</b> <i>{number}</i> <a href='https://example.org'>{number}</a>" for number in range(80)]
    waiting, messages = [worded(text) for text in texts], []
    while waiting:
        packed = pack(HEAD, waiting)
        messages.append(packed.text)
        waiting = list(packed.left)
    assert len(messages) == 3
    assert all(message.count("</") <= 100 and find_fault(message) is None for message in messages)
    assert [text for message in messages for text in message.split(BETWEEN) if text != HEAD] == texts


@pytest.mark.parametrize("text", [MONKEY * 2_048, "<b>x</b>" * 100], ids=["signs", "tags"])
def test_head_is_left_out_where_it_would_make_the_first_too_long(text: str) -> None:
    assert digest(text) == (text, 0)


def test_first_goes_out_whatever_its_length() -> None:
    text = "x" * (LIMIT + 1)
    assert digest(text, "two") == (text, 1)


def test_what_brings_a_file_or_buttons_or_changes_a_message_stands_alone() -> None:
    assert worded("a", file_id=1).stands_alone
    assert worded("a", buttons=(OutgoingButton(text="b", data="c"),)).stands_alone
    assert worded("a", edits=1).stands_alone
    assert worded("a", deletes=1).stands_alone
    assert not worded("a").stands_alone
