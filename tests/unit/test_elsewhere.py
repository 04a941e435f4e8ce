"""Texts of announcements for WhatsApp and for the site."""

import pytest

from services.announcements.dto import LinkButton
from services.languages import Language
from services.revisions.elsewhere import for_site, for_whatsapp
from tests.support.announcements import announcement

_KY = Language.KY


@pytest.mark.parametrize(
    ("telegram", "whatsapp", "site"),
    [
        ("<b>Салам</b>, дос", "*Салам*, дос", "<p><b>Салам</b>, дос</p>"),
        ("<strong>a</strong> <em>b</em> <del>c</del>", "*a* _b_ ~c~", "<p><b>a</b> <i>b</i> c</p>"),
        ("<b>a <i>b</i> c</b>", "*a _b_ c*", "<p><b>a </b><b><i>b</i></b><b> c</b></p>"),
        ("<b><i>a</i></b>", "*_a_*", "<p><b><i>a</i></b></p>"),
        ("<b> a </b>b", " *a* b", "<p><b> a </b>b</p>"),
        ("<b>a\n\nb</b>\nc", "*a*\n\n*b*\nc", "<p><b>a</b></p>\n<p><b>b</b><br>\nc</p>"),
        ("пере<b>лом</b> <b>a</b>b", "перелом ab", "<p>пере<b>лом</b> <b>a</b>b</p>"),
        ("<u>a</u> <tg-spoiler>b</tg-spoiler> <span class='tg-spoiler'>c</span>", "a b c", "<p>a b c</p>"),
        ("<code>x &lt; y</code>", "```x < y```", "<p>x &lt; y</p>"),
        ("<pre><code class='language-c'>*a*</code></pre>", "```*a*```", "<p>*a*</p>"),
        (
            "x<blockquote expandable>a\n<b>b</b></blockquote>c",
            "x\n> a\n> *b*\nc",
            "<p>x<br>\na<br>\n<b>b</b><br>\nc</p>",
        ),
        ("3 &lt; 5 &amp; 7", "3 < 5 & 7", "<p>3 &lt; 5 &amp; 7</p>"),
        ("*a* 2*3*4 _b", "*\u2060a* 2*3*4 _b", "<p>*a* 2*3*4 _b</p>"),
        (
            '<a href="https://a.example/?x=1&amp;y=2">Бул <b>жерде</b></a>.',
            "Бул *жерде*: https://a.example/?x=1&y=2.",
            (
                '<p><a href="https://a.example/?x=1&amp;y=2">Бул </a>'
                '<a href="https://a.example/?x=1&amp;y=2"><b>жерде</b></a>.</p>'
            ),
        ),
        (
            '<b>Сайт: <a href="https://a.example/">a.example</a></b>',
            "*Сайт: a.example*",
            '<p><b>Сайт: </b><a href="https://a.example/"><b>a.example</b></a></p>',
        ),
        ('<a href="a.example">x</a>', "x: https://a.example", '<p><a href="https://a.example">x</a></p>'),
        ('<a href="tg://user?id=1">x</a>', "x: tg://user?id=1", '<p><a href="tg://user?id=1">x</a></p>'),
    ],
)
def test_text_is_said_with_the_marks_of_the_place(telegram: str, whatsapp: str, site: str) -> None:
    words = announcement(texts={_KY: telegram})
    assert for_whatsapp(words, _KY) == whatsapp
    assert for_site(words, _KY) == site


def test_links_of_buttons_stand_below_in_the_language_of_the_text() -> None:
    link = LinkButton(labels={_KY: "Жазылуу", Language.EN: "<Join>"}, address="https://a.example/?a=1&b")
    words = announcement(texts={_KY: "a", Language.EN: "b"}, links=(link,))
    assert for_whatsapp(words, _KY) == "a\n\nЖазылуу: https://a.example/?a=1&b"
    assert for_site(words, Language.EN) == (
        '<p>b</p>\n<p><a href="https://a.example/?a=1&amp;b">&lt;Join&gt;</a></p>'
    )  # fmt: skip
