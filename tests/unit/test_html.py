"""HTML as Telegram reads it; the local Telegram, which was written apart from this, reads it too."""

import pytest

from bot.sandbox.entities import parse_html
from services.html import FaultKind, find_fault, utf16_length, visible_length, visible_text

GOOD = [
    "Жарыя",
    "R & D, AT&T, 3 > 2",
    "<b>Эртең</b> <i>сабак</i> <u>жок</u> <s>эмес</s> <tg-spoiler>!</tg-spoiler>",
    "<B>Улуу</b> <strong>a</strong><em>b</em><ins>c</ins><strike>d</strike><del>e</del>",
    '<a href="https://kstu.kg/?a=1&amp;b=2">сайт</a> <a href=\'kstu.kg\'>сайт</a> <a href="tg://user?id=7001">адам</a>',
    '<span class="tg-spoiler">сыр</span> <blockquote expandable>узун</blockquote> <blockquote>кыска</blockquote>',
    '<pre><code class="language-python">if a &lt; b: pass</code></pre>',
    "&lt;b&gt; &amp;amp; &quot; &#1178; &#x1F393;",
    "🎓 <b>Бүтүрүү <i>кечеси</i></b>\n\nСаат 18:00дө",
]


@pytest.mark.parametrize("html", GOOD)
def test_what_telegram_shows_as_it_is_meant_has_no_fault_and_its_length(html: str) -> None:
    text, _entities = parse_html(html)
    assert find_fault(html) is None
    assert visible_text(html) == text
    assert visible_length(html) == utf16_length(text)


@pytest.mark.parametrize(
    ("html", "kind", "found", "line"),
    [
        ("a < b", FaultKind.ANGLE, "< b", 1),
        ("Салам\n<b", FaultKind.ANGLE, "<b", 2),
        ("<p>Салам</p>", FaultKind.TAG, "<p>", 1),
        ("Салам<br/>", FaultKind.TAG, "<br/>", 1),
        ("1\n2\n<b>3", FaultKind.NOT_CLOSED, "<b>", 3),
        ("<b>1<i>2</b></i>", FaultKind.NOT_OPEN, "</b>", 1),
        ("1</b>", FaultKind.NOT_OPEN, "</b>", 1),
        ("1&nbsp;2", FaultKind.ENTITY, "&nbsp;", 1),
        ("&#0;", FaultKind.ENTITY, "&#0;", 1),
        ("&#xD800;", FaultKind.ENTITY, "&#xD800;", 1),
        ('<b class="x">1</b>', FaultKind.ATTRIBUTE, '<b class="x">', 1),
        ("<span>1</span>", FaultKind.ATTRIBUTE, "<span>", 1),
        ('<code class="big">1</code>', FaultKind.ATTRIBUTE, '<code class="big">', 1),
        ("<a>1</a>", FaultKind.ADDRESS, "<a>", 1),
        ('<a href="">1</a>', FaultKind.ADDRESS, '<a href="">', 1),
        ('<a href="javascript:alert(1)">1</a>', FaultKind.ADDRESS, '<a href="javascript:alert(1)">', 1),
        ('<a href="mailto:a@kstu.kg">1</a>', FaultKind.ADDRESS, '<a href="mailto:a@kstu.kg">', 1),
        ("<code>a<b>c</b></code>", FaultKind.NESTING, "<b>", 1),
        ("<blockquote>1<blockquote>2</blockquote></blockquote>", FaultKind.NESTING, "<blockquote>", 1),
        ("<b>1</b>" * 101, FaultKind.TOO_MANY_TAGS, "<b>", 1),
        ("1\n\x00", FaultKind.SIGN, "U+0000", 2),
        ("1\udc80", FaultKind.SIGN, "U+DC80", 1),
    ],
)  # fmt: skip
def test_fault_says_what_and_where(html: str, kind: FaultKind, found: str, line: int) -> None:
    fault = find_fault(html)
    assert fault is not None
    assert (fault.kind, fault.found, fault.line) == (kind, found, line)


@pytest.mark.parametrize("html", ["", " \n\t", "<b> </b>", "\u200b\u2060", "&#32;"])
def test_text_of_which_nothing_is_seen_is_empty(html: str) -> None:
    fault = find_fault(html)
    assert fault is not None
    assert fault.kind is FaultKind.EMPTY


def test_length_is_counted_in_units_of_what_is_seen() -> None:
    assert find_fault(f"<b>{'ө' * 4_096}</b>") is None
    assert find_fault("🎓" * 2_048) is None
    fault = find_fault("🎓" * 2_048 + "1")
    assert fault is not None
    assert (fault.kind, fault.length, fault.limit) == (FaultKind.TOO_LONG, 4_097, 4_096)


def test_long_excerpt_is_cut() -> None:
    fault = find_fault("<" + "x" * 500)
    assert fault is not None
    assert len(fault.found) == 41
