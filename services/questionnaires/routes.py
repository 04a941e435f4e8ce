"""Which items are shown after which answers, and which answers are kept."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.questionnaires.answers import is_possible
from services.questionnaires.dto import Answer, Answers, Choice, Item, ItemType, Questionnaire, Skip

#: Control characters and halves of characters.
_STEERING: Final = frozenset({"Cc", "Cs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One screen: an item, or one `row` of a matrix. `key`: under which its answer stands."""

    item: Item
    row: Choice | None = None

    @property
    def key(self) -> str:
        """Return the code under which its answer stands."""
        return self.item.code if self.row is None else f"{self.item.code}.{self.row.code}"


def pages(questionnaire: Questionnaire) -> tuple[Page, ...]:
    """Return all screens in their order, those of free text last; a page is known by its place among them."""
    return tuple(Page(item=item, row=row) for item in questionnaire.items for row in (item.rows or (None,)))


def shown(questionnaire: Questionnaire, answers: Answers) -> tuple[Item, ...]:
    """Return the items that are shown, free text included, given the answers so far.

    The answer to an item that is itself not shown decides nothing.
    """
    valid: dict[str, Answer] = {}
    seen = []
    for item in questionnaire.items:
        if item.skip is None or _leads_to(item.skip, valid.get(item.skip.item)):
            seen.append(item)
            valid |= {key: answers[key] for key in item.keys if key in answers and is_possible(item, answers[key])}
    return tuple(seen)


def shown_pages(questionnaire: Questionnaire, answers: Answers) -> tuple[int, ...]:
    """Return the places of the pages that are shown, given the answers so far."""
    codes = {item.code for item in shown(questionnaire, answers)}
    return tuple(place for place, page in enumerate(pages(questionnaire)) if page.item.code in codes)


def next_page(questionnaire: Questionnaire, answers: Answers, page: int = -1) -> int | None:
    """Return the place of the page after another (of the first one after -1), None after the last."""
    return next((place for place in shown_pages(questionnaire, answers) if place > page), None)


def previous_page(questionnaire: Questionnaire, answers: Answers, page: int) -> int | None:
    """Return the place of the page before another, None before the first."""
    return next((place for place in reversed(shown_pages(questionnaire, answers)) if place < page), None)


def stored(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """Return the answers that are kept, in the order of the items.

    Dropped: what only decided the way, what stands on an item that is not shown, and what is no possible answer.
    """
    return {
        key: answers[key]
        for item in shown(questionnaire, answers)
        if item.type is not ItemType.ROUTE
        for key in item.keys
        if key in answers and is_possible(item, answers[key])
    }


def stored_texts(questionnaire: Questionnaire, answers: Answers, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the free answers that are kept, cleaned; empty ones, too long ones and those not asked are dropped."""
    kept = {
        item.code: cleaned(texts[item.code])
        for item in shown(questionnaire, answers)
        if item.type is ItemType.TEXT and item.code in texts
    }
    longest = {item.code: item.max_chars for item in questionnaire.texts}
    return {code: text for code, text in kept.items() if text and len(text) <= longest[code]}


def cleaned(text: str) -> str:
    """Return a text stripped and without the signs that only steer machines; no database takes all of these."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in _STEERING)
    return "".join(kept).strip()


def _leads_to(skip: Skip, answer: Answer | None) -> bool:
    given = answer if isinstance(answer, tuple) else () if answer is None else (answer,)
    if skip.unless:
        return any(value in skip.unless for value in given)
    return not any(value in skip.when for value in given)
