"""What can be tapped on a page: its answers, how they are called, and what each tap makes of the answers so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aiogram.utils.i18n import gettext as _

from handlers.survey_chat.visit import Visit
from services.languages import Language
from services.questionnaires.dto import DONT_KNOW, NOT_SAID, Answer, Choice, Item, ItemType, Scale, ScaleKind
from services.questionnaires.routes import Page

#: Characters on a button that a narrow telephone shows whole.
WIDEST: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer that can be tapped. `answer`: None for one of several choices. `chosen`: it is tapped already."""

    label: str
    answers: Mapping[str, Answer]
    chosen: bool


def options_of(visit: Visit, page: int) -> list[Option]:
    """Return the answers of a closed page in their order, without those that every question has."""
    place = visit.pages[page]
    if place.item.type is ItemType.MULTI:
        return [_toggle(visit, place, choice) for choice in place.item.choices]
    return [_single(visit, place, label, answer) for answer, label in _answers(place.item, visit.language)]


def other_options(visit: Visit, page: int) -> list[Option]:
    """Return what may be tapped besides: not to know, and, always last, not to say."""
    place = visit.pages[page]
    others = [(DONT_KNOW, _("I don't know"))] if place.item.dont_know else []
    others.append((NOT_SAID, _("Prefer not to say")))
    return [_single(visit, place, label, answer) for answer, label in others]


def said(visit: Visit, page: int) -> str:
    """Return the answer to a closed page as its button calls it; empty if there is none."""
    chosen = [option.label for option in (*options_of(visit, page), *other_options(visit, page)) if option.chosen]
    return ", ".join(chosen)


def is_wide(options: list[Option]) -> bool:
    """Tell whether the labels are too long for buttons, so that they stand in the text, numbered."""
    return any(len(option.label) > WIDEST for option in options)


def is_numeric(item: Item) -> bool:
    """Tell whether the points of an item are bare numbers between two ends."""
    return item.scale is not None and item.scale.kind is ScaleKind.NUMBERS


def ends_of(scale: Scale, language: Language) -> tuple[str, str]:
    """Return what stands at the two ends of a scale of numbers."""
    first, last = scale.labels[language]
    return first, last


def _answers(item: Item, language: Language) -> list[tuple[Answer, str]]:
    if item.scale is None:
        return [(choice.code, choice.text.get(language)) for choice in item.choices]
    if is_numeric(item):
        return [(point, str(point)) for point in item.scale.points]
    labels = item.scale.short.get(language) or item.scale.labels[language]
    return list(zip(item.scale.points, labels, strict=True))


def _single(visit: Visit, place: Page, label: str, answer: Answer) -> Option:
    answers = {**visit.answers, place.key: answer}
    return Option(label=label, answers=answers, chosen=visit.answers.get(place.key) == answer)


def _toggle(visit: Visit, place: Page, choice: Choice) -> Option:
    item, before = place.item, visit.answers.get(place.key)
    chosen = before if isinstance(before, tuple) else ()
    kept = {key: answer for key, answer in visit.answers.items() if key != place.key}
    if after := _toggled(item, chosen, choice):
        kept[place.key] = after
    return Option(label=choice.text.get(visit.language), answers=kept, chosen=choice.code in chosen)


def _toggled(item: Item, chosen: tuple[str, ...], choice: Choice) -> tuple[str, ...]:
    """Return the choices after a tap: an exclusive one stands alone; beyond the most nothing changes."""
    if choice.code in chosen:
        return tuple(code for code in chosen if code != choice.code)
    if choice.exclusive:
        return (choice.code,)
    alone = {other.code for other in item.choices if other.exclusive}
    wanted = {code for code in chosen if code not in alone} | {choice.code}
    if item.most and len(wanted) > item.most:
        return chosen
    return tuple(other.code for other in item.choices if other.code in wanted)
