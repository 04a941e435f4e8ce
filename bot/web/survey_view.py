"""A questionnaire as the page shows it. Without scripts nothing can be hidden: what may be skipped says so."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from bot.web.survey_form import Filled
from services.languages import Language
from services.questionnaires.answers import WITH_POINTS
from services.questionnaires.dto import (
    DONT_KNOW,
    NOT_SAID,
    Item,
    ItemType,
    Questionnaire,
    Scale,
    ScaleKind,
    Skip,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What can be ticked; `narrow`: a number, several stand side by side."""

    value: str
    text: str
    narrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Options that answer one thing: an item, or a row of it, which has a text of its own."""

    key: str
    text: str
    options: Sequence[Option]
    ticked: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An item on the page. `only`: when it is to be answered; `parts`: none where words are asked for."""

    number: int
    code: str
    text: str
    notes: Sequence[str]
    only: str
    complaint: str
    several: bool
    parts: Sequence[Part]
    words: str
    most: int


def questions(questionnaire: Questionnaire, language: Language, filled: Filled) -> list[Question]:
    """Return the form in the language of the moment, filled in as far as it was."""
    numbers = {item.code: number for number, item in enumerate(questionnaire.items, 1)}
    return [
        Question(
            number=numbers[item.code],
            code=item.code,
            text=item.text.get(language),
            notes=[note for note in _notes(item, language) if note],
            only=_only(questionnaire, item.skip, numbers, language) if item.skip is not None else "",
            complaint=_complaint(item, language, filled),
            several=item.type is ItemType.MULTI,
            parts=[] if item.type is ItemType.TEXT else list(_parts(item, language, filled)),
            words=filled.texts.get(item.code, ""),
            most=item.max_chars,
        )
        for item in questionnaire.items
    ]


def _parts(item: Item, language: Language, filled: Filled) -> Iterator[Part]:
    options = [*_said(item, language), *_unsaid(item)]
    for key, row in zip(item.keys, item.rows or (None,), strict=True):
        text = row.text.get(language) if row is not None else ""
        yield Part(key=key, text=text, options=options, ticked=filled.ticked.get(key, ()))


def _said(item: Item, language: Language) -> Iterator[Option]:
    narrow = item.scale is not None and item.scale.kind is ScaleKind.NUMBERS
    for value, text in _labels(item, language).items():
        yield Option(value=str(value), text=text, narrow=narrow)


def _unsaid(item: Item) -> Iterator[Option]:
    if item.dont_know:
        yield Option(value=DONT_KNOW, text=_("I don't know"))
    yield Option(value=NOT_SAID, text=_("prefer not to say"))


def _labels(item: Item, language: Language) -> Mapping[int | str, str]:
    """Return what stands on each point or choice."""
    if item.scale is None or item.type not in WITH_POINTS:
        return {choice.code: choice.text.get(language) for choice in item.choices}
    if item.scale.kind is ScaleKind.NUMBERS:
        return {point: str(point) for point in item.scale.points}
    return dict(zip(item.scale.points, _words(item.scale, language), strict=True))


def _words(scale: Scale, language: Language) -> Sequence[str]:
    """Return the labels of a scale: the short ones where there are any, as in the chat, so that all answers compare."""
    return scale.short.get(language) or scale.labels[language]


def _notes(item: Item, language: Language) -> Iterator[str]:
    if item.hint is not None:
        yield item.hint.get(language)
    if item.type is ItemType.MULTI:
        yield _several_text(item, language)
    if item.type is ItemType.TEXT and item.hint is None:
        limit = ngettext("Up to {limit} character.", "Up to {limit} characters.", item.max_chars)
        yield limit.format(limit=item.max_chars) + " " + _("Please write no names.")
    if item.type is ItemType.TEXT:
        yield _("You may leave it empty.")
    if item.scale is not None and item.scale.kind is ScaleKind.NUMBERS:
        first, last = _words(item.scale, language)
        yield f"{item.scale.first} — {first}. {item.scale.last} — {last}."


def _several_text(item: Item, language: Language) -> str:
    most = ngettext("You may choose up to {most}.", "You may choose up to {most}.", item.most).format(most=item.most)
    alone = [f"«{choice.text.get(language)}»" for choice in item.choices if choice.exclusive]
    sentences = [most if item.most else _("You may choose several.")]
    if alone:
        sentences.append(_("Choose alone, without others: {choices}").format(choices=", ".join(alone)))
    return " ".join(sentences)


def _only(asked: Questionnaire, skip: Skip, numbers: Mapping[str, int], language: Language) -> str:
    labels = _labels(asked.item(skip.item), language)
    unsaid = {option.value: option.text for option in _unsaid(asked.item(skip.item))}
    answers = ", ".join(f"«{labels.get(value) or unsaid.get(str(value), value)}»" for value in skip.unless or skip.when)
    sentence = (
        _("Answer only if your answer to question {number} is: {answers}")
        if skip.unless
        else _("Skip this if your answer to question {number} is: {answers}")
    )
    return sentence.format(number=numbers[skip.item], answers=answers)


def _complaint(item: Item, language: Language, filled: Filled) -> str:
    if item.code in filled.too_long:
        sentence = _("The text is long: {n} characters. Please shorten it to {limit}.")
        return sentence.format(n=filled.too_long[item.code], limit=item.max_chars)
    return _several_text(item, language) if item.code in filled.unclear else ""
