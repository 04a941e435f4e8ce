"""What an announcement says: who could read it, how long it may be, and how it changes."""

from typing import Any

import pytest

from services.announcements.dto import Content, LinkButton, Media, MediaFile
from services.announcements.errors import (
    AboutMissing,
    AboutUnusable,
    CaptionsTooLong,
    FallbackMissing,
    LinkUnreadable,
    TextMissing,
    TextUnusable,
    TooManyLinks,
)
from services.announcements.links import LONGEST_LABEL, read_links
from services.announcements.rules import FALLBACK_LINE
from services.announcements.wording import (
    LONGEST_ABOUT,
    MOST_LINKS,
    check_ready,
    limit_of,
    missing_abouts,
    with_about,
    with_fallback,
    with_file,
    with_links,
    with_text,
    without_text,
)
from services.html import LONGEST_CAPTION, LONGEST_MESSAGE, FaultKind
from services.languages import Language

KY, RU, EN = Language.KY, Language.RU, Language.EN
PHOTO = MediaFile(media=Media.PHOTO, file_id=1)
ALL = {KY: "Жарыя", RU: "Объявление", EN: "Announcement"}


def test_everybody_reads_their_own_language_or_learns_what_the_other_text_is_about() -> None:
    check_ready(Content(texts=ALL))
    check_ready(Content(texts={KY: "Жарыя"}, fallback=KY, about={RU: "О сессии", EN: "The session"}))


@pytest.mark.parametrize(
    ("content", "refusal", "languages"),
    [
        (Content(), TextMissing, (KY, RU, EN)),
        (Content(texts={KY: "Жарыя", RU: "Объявление"}), TextMissing, (EN,)),
        (Content(texts={KY: "Жарыя"}, fallback=KY, about={RU: "О сессии"}), AboutMissing, (EN,)),
    ],
)
def test_nobody_is_left_without_a_word(content: Content, refusal: type[Any], languages: tuple[Language, ...]) -> None:
    with pytest.raises(refusal) as refused:
        check_ready(content)
    assert refused.value.languages == languages


def test_what_stands_in_for_others_must_be_there_itself() -> None:
    with pytest.raises(FallbackMissing):
        check_ready(Content(texts={KY: "Жарыя"}, fallback=RU))
    with pytest.raises(FallbackMissing):
        with_fallback(Content(texts={KY: "Жарыя"}), RU)


@pytest.mark.parametrize(
    ("content", "limit"),
    [
        (Content(texts=ALL, fallback=KY), LONGEST_MESSAGE),
        (Content(texts={KY: "Жарыя"}), LONGEST_MESSAGE),
        (Content(texts={KY: "Жарыя"}, fallback=KY), LONGEST_MESSAGE - FALLBACK_LINE),
        (Content(texts={KY: "Ж"}, fallback=KY, about={RU: "🎓", EN: "x"}), LONGEST_MESSAGE - FALLBACK_LINE - 3),
        (Content(texts=ALL, file=PHOTO), LONGEST_CAPTION),
        (Content(texts={KY: "Ж"}, fallback=KY, file=PHOTO), LONGEST_CAPTION - FALLBACK_LINE),
    ],
)
def test_text_leaves_room_for_what_stands_above_it(content: Content, limit: int) -> None:
    assert limit_of(content, KY) == limit
    check_ready(Content(texts={**ALL, KY: "ө" * limit}, file=content.file))
    if content.about:
        with pytest.raises(TextUnusable) as refused:
            check_ready(Content(texts={KY: "ө" * (limit + 1)}, about=content.about, fallback=KY))
        assert (refused.value.fault.kind, refused.value.fault.limit) == (FaultKind.TOO_LONG, limit)


def test_line_about_a_text_goes_when_the_text_comes_and_a_fallback_with_its_text() -> None:
    content = with_about(with_fallback(Content(texts={RU: "Объявление"}), RU), KY, "  Сессия\nжөнүндө ")
    assert (content.about, missing_abouts(content)) == ({KY: "Сессия жөнүндө"}, [EN])
    content = with_text(content, KY, " <b>Жарыя</b>\n")
    assert (next(iter(content.texts.items())), content.about, content.fallback) == ((KY, "<b>Жарыя</b>"), {}, RU)
    assert without_text(content, RU).fallback is None
    assert with_text(content, EN, "Announcement").fallback is None


@pytest.mark.parametrize("words", ["", " \n", "🎓" * (LONGEST_ABOUT // 2) + "x", "\u200b"])
def test_line_about_a_text_is_short_and_can_be_seen(words: str) -> None:
    with pytest.raises(AboutUnusable):
        with_about(Content(texts={KY: "Жарыя"}, fallback=KY), RU, words)
    content = with_about(Content(texts={KY: "Жарыя"}, fallback=KY), RU, "&<b>" + "о" * (LONGEST_ABOUT - 4))
    assert content.about[RU].startswith("&<b>")


def test_photo_is_refused_with_the_texts_that_are_too_long_for_it() -> None:
    long = Content(texts={KY: "ө" * 1_025, RU: "<b>" + "и" * 1_024 + "</b>", EN: "x" * 2_000})
    with pytest.raises(CaptionsTooLong) as refused:
        with_file(long, PHOTO)
    assert (refused.value.lengths, refused.value.limit) == ({KY: 1_025, EN: 2_000}, LONGEST_CAPTION)


@pytest.mark.parametrize(
    ("line", "labels", "address"),
    [
        ("Сайт — https://university.example", {KY: "Сайт"}, "https://university.example"),
        ("  Сайт:https http://a.kg/b?c=1&d=2#e ", {KY: "Сайт:https"}, "http://a.kg/b?c=1&d=2#e"),
        ("Site - HTTPS://A.kg", {KY: "Site"}, "HTTPS://A.kg"),
        ("Бот | tg://resolve?domain=bot", {KY: "Бот"}, "tg://resolve?domain=bot"),
        ("Сайт | Сайт вуза |Site– https://a.kg", {KY: "Сайт", RU: "Сайт вуза", EN: "Site"}, "https://a.kg"),
    ],
)
def test_link_is_a_label_and_an_address(line: str, labels: dict[Language, str], address: str) -> None:
    assert read_links(f"\n{line}\n\n") == (LinkButton(labels=labels, address=address),)


@pytest.mark.parametrize(
    "line",
    [
        "https://a.kg",
        "Сайт",
        "Сайт a.kg",
        "Сайт https://localhost",
        "Сайт ftp://a.kg",
        "Сайт javascript:alert(1)",
        'Сайт https://a.kg/"><b>',
        "Сайт https://user@a.kg",
        "a | b https://a.kg",
        "a | | c https://a.kg",
        "a|b|c|d https://a.kg",
        "x" * (LONGEST_LABEL + 1) + " https://a.kg",
        "Сайт https://a.kg/" + "x" * 2_048,
        "— " * 2_000 + "https://a.kg",
    ],
)
def test_line_that_is_no_link_is_named(line: str) -> None:
    with pytest.raises(LinkUnreadable) as refused:
        read_links(f"Map https://map.kg\n{line}")
    assert refused.value.line == line.strip()


def test_links_are_few() -> None:
    links = read_links("Map https://map.kg\n" * MOST_LINKS)
    assert len(with_links(Content(), links).links) == MOST_LINKS
    with pytest.raises(TooManyLinks):
        with_links(Content(links=links[:1]), links)
