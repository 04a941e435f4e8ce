"""What a questionnaire that is begun in the chat has from the start."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from services.languages import Trilingual
from services.questionnaires import limits
from services.questionnaires.draft_dto import Bank, BankItem
from services.questionnaires.dto import Item, ItemType, KnownQuestionnaire, Questionnaire, Scale, SurveyMode
from services.questionnaires.shipped import list_shipped, load_shipped

_TOPIC: Final = "overall"


def new_questionnaire(taken: Collection[str], year: int) -> Questionnaire:
    """Return a questionnaire in which nothing is asked yet, under a code that no other one has."""
    return Questionnaire(
        code=_free(f"q-{year}", taken),
        revision=1,
        mode=SurveyMode.ANONYMOUS,
        minutes=1,  # until there are questions (`timing`)
        title=Trilingual(),
        title_long=Trilingual(),
        period=None,
        items=(),
    )


def next_edition(of: Questionnaire, known: Iterable[Questionnaire]) -> Questionnaire:
    """Return the same questionnaire with the next revision."""
    newest = max((one.revision for one in known if one.code == of.code), default=of.revision)
    return replace(of, revision=newest + 1)


def another_questionnaire(of: Questionnaire, taken: Collection[str]) -> Questionnaire:
    """Return the same questions as a questionnaire of another code; its title is still to be written."""
    code = _free(of.code[: limits.ID - len("-999")], taken)
    return replace(of, code=code, revision=1, title=Trilingual(), title_long=Trilingual())


def new_item(kind: ItemType, scale: Scale | None, within: Questionnaire, taken: Collection[str]) -> Item:
    """Return an item without words, about the same as the one before it, under a code that no item has ever had."""
    base = within.code.replace("-", "_")[: limits.CODE - len("_9999")]
    used = {*taken, *(item.code for item in within.items)}
    code = next(name for number in range(1, len(used) + 2) if (name := f"{base}_{number}") not in used)
    topic = within.items[-1].topic if within.items else _TOPIC
    most = limits.FREE_TEXT if kind is ItemType.TEXT else 0
    return Item(code=code, topic=topic, type=kind, text=Trilingual(), scale=scale, max_chars=most)


@cache
def shipped_scales() -> tuple[Scale, ...]:
    """Return the scales of the questionnaires that come with the bot, one of each name."""
    named: dict[str, Scale] = {}
    for code in list_shipped():
        for item in load_shipped(code).items:
            if item.scale is not None:
                named.setdefault(item.scale.name, item.scale)
    return tuple(named.values())


@cache
def usual_period() -> Trilingual | None:
    """Return the line that says which semester is meant, as the students' questionnaire has it."""
    return load_shipped(list_shipped()[0]).period


def known_scales(editions: Sequence[KnownQuestionnaire], within: Questionnaire) -> tuple[Scale, ...]:
    """Return the scales that can be chosen: of the draft, the shipped ones, those of the library; no two alike."""
    of_draft = [item.scale for item in within.items]
    of_library = [item.scale for edition in editions for item in edition.questionnaire.items]
    found: dict[object, Scale] = {}
    for scale in (*of_draft, *shipped_scales(), *of_library):
        if scale is not None:
            said = (scale.kind, scale.first, scale.last, *(tuple(one) for one in scale.labels.values()))
            found.setdefault(said, scale)
    return tuple(found.values())[: limits.SCALES]


def bank_of(editions: Sequence[KnownQuestionnaire], within: Questionnaire) -> Bank:
    """Return by topic the items that can be added: of every code the newest, none that the draft has.

    What only shows the way stands with the questions that it leads to.
    """
    seen = {item.code for item in within.items}
    bank: dict[str, list[BankItem]] = {}
    for edition in sorted(editions, key=lambda one: one.id, reverse=True):
        for place, item in enumerate(edition.questionnaire.items):
            if item.code not in seen:
                seen.add(item.code)
                topic = _bank_topic(item, edition.questionnaire)
                bank.setdefault(topic, []).append(BankItem(edition_id=edition.id, place=place, item=item))
    return bank


def _bank_topic(item: Item, within: Questionnaire) -> str:
    if item.type is not ItemType.ROUTE:
        return item.topic
    led = (one.topic for one in within.items if one.skip is not None and one.skip.item == item.code)
    return next(led, item.topic)


def _free(base: str, taken: Collection[str]) -> str:
    return next(code for number in range(1, len(taken) + 3) if (code := f"{base}-{number}") not in taken)
