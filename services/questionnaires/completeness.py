"""What a questionnaire that is being written still lacks."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from services.languages import Language, Trilingual
from services.questionnaires import limits
from services.questionnaires.answers import WITH_POINTS
from services.questionnaires.comparing import conflicts
from services.questionnaires.draft_dto import DraftFault, Gap
from services.questionnaires.dto import IN_CHAT, Choice, Item, ItemType, Questionnaire, SurveyMode
from services.questionnaires.joining import can_lead
from services.questionnaires.packing import bits_over
from services.questionnaires.reading import look_over
from services.questionnaires.typing_rules import FEWEST_CHOICES
from services.questionnaires.wording import says_anonymous
from services.questionnaires.writing import source_of


def faults_of_draft(questionnaire: Questionnaire, known: Sequence[Questionnaire]) -> tuple[DraftFault, ...]:
    """Return everything that keeps a draft from being finished beside these editions."""
    faults = tuple(
        chain(
            _of_edition(questionnaire, known),
            _of_whole(questionnaire),
            _of_items(questionnaire, known),
            _of_indices(questionnaire),
        )
    )
    if faults:
        return faults
    _, lines = look_over(source_of(questionnaire))
    return tuple(DraftFault(gap=Gap.OTHER, said=line) for line in lines)


def _of_edition(found: Questionnaire, known: Sequence[Questionnaire]) -> Iterator[DraftFault]:
    if any(one.code == found.code and one.revision >= found.revision for one in known):
        yield DraftFault(gap=Gap.CODE_TAKEN)
    elif any(replace(one, revision=found.revision) == found for one in known):
        yield DraftFault(gap=Gap.UNCHANGED)


def _of_whole(found: Questionnaire) -> Iterator[DraftFault]:
    texts = [(Gap.TITLE, found.title), (Gap.LONG_TITLE, found.title_long)]
    if found.period is not None:
        texts.append((Gap.PERIOD, found.period))
    for gap, text in texts:
        if lacks := _lacking(text):
            yield DraftFault(gap=gap, languages=lacks)
    if found.mode is not SurveyMode.ANONYMOUS and any(_is_anonymous(text) for _gap, text in texts):
        yield DraftFault(gap=Gap.ANONYMOUS)
    if not found.items:
        yield DraftFault(gap=Gap.NO_ITEMS)
    elif all(item.type in {ItemType.TEXT, ItemType.ROUTE} for item in found.items):
        yield DraftFault(gap=Gap.NOTHING_TO_TAP)
    screens = sum(len(item.keys) for item in found.items)
    if screens > limits.PAGES:
        yield DraftFault(gap=Gap.SCREENS, number=screens - limits.PAGES)
    if found.mode in IN_CHAT and (over := bits_over(found)):
        yield DraftFault(gap=Gap.ROOM, number=over)


def _of_items(found: Questionnaire, known: Sequence[Questionnaire]) -> Iterator[DraftFault]:
    texts_begun = False
    earlier: dict[str, Item] = {}
    for place, item in enumerate(found.items):
        texts_begun |= item.type is ItemType.TEXT
        if texts_begun and item.type is not ItemType.TEXT:
            yield DraftFault(gap=Gap.TEXT_LAST, place=place)
        if item.skip is not None and not (item.skip.item in earlier and can_lead(earlier[item.skip.item])):
            yield DraftFault(gap=Gap.SKIP, place=place)
        for gap, languages in _of_item(item):
            yield DraftFault(gap=gap, place=place, languages=languages)
        if found.mode is not SurveyMode.ANONYMOUS and any(map(_is_anonymous, _texts_of(item))):
            yield DraftFault(gap=Gap.ANONYMOUS, place=place)
        if conflicts(replace(found, items=(item,)), known):
            yield DraftFault(gap=Gap.MEANING, place=place)
        earlier[item.code] = item


def _of_item(item: Item) -> Iterator[tuple[Gap, tuple[Language, ...]]]:
    if lacks := _lacking(item.text):
        yield Gap.TEXT, lacks
    if item.hint is not None and (lacks := _lacking(item.hint)):
        yield Gap.HINT, lacks
    if item.type in WITH_POINTS and item.scale is None:
        yield Gap.SCALE, ()
    if item.type in {ItemType.SINGLE, ItemType.MULTI, ItemType.MATRIX}:
        yield from _of_choices(item.rows if item.type is ItemType.MATRIX else item.choices)


def _of_choices(choices: tuple[Choice, ...]) -> Iterator[tuple[Gap, tuple[Language, ...]]]:
    if len(choices) < FEWEST_CHOICES:
        yield Gap.CHOICES, ()
    if lacks := tuple(language for language in Language if not all(one.text.get(language) for one in choices)):
        yield Gap.CHOICE_TEXT, lacks
    alike = []
    for language in Language:
        said = [one.text.get(language).casefold() for one in choices if one.text.get(language)]
        alike += [language] if len(set(said)) != len(said) else []
    if alike:
        yield Gap.ALIKE, tuple(alike)


def _of_indices(found: Questionnaire) -> Iterator[DraftFault]:
    for place, index in enumerate(found.indices):
        if lacks := _lacking(index.title):
            yield DraftFault(gap=Gap.INDEX_TITLE, place=place, languages=lacks)
        if not index.items:
            yield DraftFault(gap=Gap.INDEX_ITEMS, place=place)


def _texts_of(item: Item) -> list[Trilingual]:
    return [item.text, *([item.hint] if item.hint else []), *(one.text for one in (*item.choices, *item.rows))]


def _lacking(text: Trilingual) -> tuple[Language, ...]:
    return tuple(language for language in Language if not text.get(language))


def _is_anonymous(text: Trilingual) -> bool:
    return any(says_anonymous(text.get(language)) for language in Language)
