"""What is said about a question that is being written."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.languages import OWN_NAMES
from handlers.common.reader import Reader
from handlers.questionnaires.fault_texts import faults_lines
from handlers.questionnaires.topics import topic_name
from handlers.questionnaires.words import cut, labels_of, read_in, scale_name, type_name, wording_of
from services.languages import Language
from services.questionnaires.draft_dto import Draft, Gap
from services.questionnaires.dto import Good, Item, Questionnaire
from services.questionnaires.edits import item_at
from services.questionnaires.joining import index_at, shown_for, values_of

_WORDING, _NARROW = 60, 20
#: Choices that are shown by more than their beginnings.
_FEW = 6
_BANK_WORDING = 100


def item_text(draft: Draft, place: int, reader: Reader) -> str:
    """Show a question in all languages and how it is answered."""
    item = item_at(draft.questionnaire, place)
    parts = [
        "\n".join([_("<b>Question {number}</b>").format(number=place + 1), *_facts(item, reader.language)]),
        "\n".join(_said(item, language) for language in Language),
    ]
    parts += _lines_of(item)
    if item.skip is not None:
        parts.append(_shown_text(draft.questionnaire, item, reader.language))
    mine = tuple(one for one in draft.faults if one.place == place and one.gap not in _OF_INDICES)
    if mine:
        parts.append("\n".join(faults_lines(draft.questionnaire, mine)))
    return "\n\n".join(parts)


def ways_text() -> str:
    """Ask where the question comes from."""
    return _(
        "A question of the library keeps its code, so that its answers can be compared with earlier ones. "
        "Is there one, or do you write a new one?"
    )


def types_text() -> str:
    """Ask how it is answered."""
    return _("How is the new question answered?")


def scales_text() -> str:
    """Ask on which scale."""
    return _("On which scale?")


def topics_text(item: Item) -> str:
    """Ask what a question is about."""
    return _("What is the question about? Now: {topic}").format(topic=html.quote(topic_name(item.topic)))


def bank_text(*, any_left: bool) -> str:
    """Ask for a topic of the library."""
    if not any_left:
        return _("The library has no question that is not here already.")
    return _("Choose a topic of the library.")


def bank_topic_text(items: list[Item], reader: Reader) -> str:
    """Show the questions of a topic."""
    lines = [
        f"<b>{number}.</b> {html.quote(cut(wording_of(item, reader.language), _BANK_WORDING))}"
        for number, item in enumerate(items, 1)
    ]
    return "\n".join([_("Which one? It comes into the questionnaire with a tap."), "", *lines])


def most_text() -> str:
    """Ask how many can be chosen."""
    return _("How many choices may one tick at most?")


def exclusive_text() -> str:
    """Ask which choice stands alone."""
    return _("Which choice stands alone (“nothing of this”), so that it cannot be ticked together with others?")


def leaders_text(number: int, *, any_earlier: bool) -> str:
    """Ask on which earlier question it depends."""
    if not any_earlier:
        return _("No earlier question can decide about question {number}: it needs a scale or choices.").format(
            number=number
        )
    return _("Question {number} can be shown only after certain answers to an earlier one. To which one?").format(
        number=number
    )


def values_text(found: Questionnaire, place: int, leading: int, reader: Reader) -> str:
    """Ask after which answers it is shown."""
    earlier = html.quote(wording_of(item_at(found, leading), reader.language))
    ask = _("After which answers is question {number} shown? Tick them.").format(number=place + 1)
    return f"{ask}\n\n<b>{leading + 1}.</b> {earlier}"


def indices_text(found: Questionnaire, reader: Reader) -> str:
    """Explain indices and list them."""
    said = _("🧮 An index reads several questions together: in the report it is one bar. Only scored scales count.")
    lines = [
        f"<b>{number}.</b> {html.quote(read_in(one.title, reader.language) or '—')} ({len(one.items)})"
        for number, one in enumerate(found.indices, 1)
    ]
    return "\n".join([said, "", *lines]) if lines else said


def index_text(draft: Draft, place: int) -> str:
    """Show an index."""
    index = index_at(draft.questionnaire, place)
    lines = [_("<b>Index {number}</b>").format(number=place + 1)]
    lines += [f"• {OWN_NAMES[language]}: {html.quote(index.title.get(language)) or '—'}" for language in Language]
    return "\n".join([*lines, "", _("Tick the questions that are read together.")])


def added_note() -> str:
    """Say that a question came from the library."""
    return _("✅ Added from the library.")


_OF_INDICES = frozenset({Gap.INDEX_ITEMS, Gap.INDEX_TITLE})


def good_name(good: Good | None) -> str:
    """Return which end of a scale is good."""
    if good is None:
        return _("not scored")
    return _("a high answer is good") if good is Good.HIGH else _("a low answer is good")


def _facts(item: Item, language: Language) -> list[str]:
    kind = type_name(item.type) if item.scale is None else f"{type_name(item.type)}, {scale_name(item.scale, language)}"
    facts = [html.quote(kind), _("Topic: {topic}").format(topic=html.quote(topic_name(item.topic)))]
    if item.scale is not None:
        facts.append(good_name(item.good))
    if item.scale is not None and item.good is None:
        facts.append(
            _("Not scored: it has a figure of its own, but does not count in any topic. Choose which end is good.")
        )
    if item.dont_know:
        facts.append(_("“I don't know” is offered"))
    if item.most:
        facts.append(_("at most {count} choices").format(count=item.most))
    return facts


def _said(item: Item, language: Language) -> str:
    said = f"• {OWN_NAMES[language]}: {html.quote(item.text.get(language)) or '—'}"
    hint = item.hint.get(language) if item.hint is not None else ""
    return f"{said}\n  <i>{html.quote(hint)}</i>" if hint else said


def _lines_of(item: Item) -> list[str]:
    choices, lines = (*item.choices, *item.rows), []
    width = _WORDING if len(choices) <= _FEW else _NARROW
    for number, one in enumerate(choices, 1):
        said = " / ".join(html.quote(cut(one.text.get(language), width)) or "—" for language in Language)
        lines.append(f"{number}. {said}{' ☝️' if one.exclusive else ''}")
    return ["\n".join(lines)] if lines else []


def _shown_text(found: Questionnaire, item: Item, language: Language) -> str:
    codes = [one.code for one in found.items]
    if item.skip is None or item.skip.item not in codes:
        return ""
    number = codes.index(item.skip.item)
    earlier = found.items[number]
    labels, wanted = labels_of(earlier, language), shown_for(item, earlier)
    said = [label for value, label in zip(values_of(earlier), labels, strict=True) if value in wanted]
    return _("👁 Shown only after question {number}: {answers}").format(
        number=number + 1, answers=html.quote(", ".join(said))
    )
