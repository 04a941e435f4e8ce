"""What is said about a questionnaire that is being written."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.languages import OWN_NAMES
from handlers.common.questionnaire_words import mode_name, size_text
from handlers.common.reader import Reader
from handlers.questionnaires.callbacks import AskWords
from handlers.questionnaires.fault_texts import faults_lines
from handlers.questionnaires.words import cut, title_of, wording_of
from services.languages import Language, Trilingual
from services.questionnaires.draft_dto import Draft
from services.questionnaires.dto import Item, ItemType, Questionnaire
from services.questionnaires.edits import Field, item_at
from services.questionnaires.joining import index_at

PAGE = 8
_WORDING = 70
_ROOM = 1_500


def card_text(draft: Draft, page: int, reader: Reader) -> str:
    """Show how far a draft is: a page of its questions, and what lacks."""
    asked = draft.questionnaire
    parts = [
        _("✏️ <b>{title}</b>, draft").format(title=html.quote(title_of(asked, reader.language))),
        f"{size_text(asked)} · {mode_name(asked.mode)}",
    ]
    if asked.items:
        parts.append("\n".join(_items(asked, page, reader.language)))
    parts.append(_state(draft))
    return "\n\n".join(parts)


def settings_text(draft: Draft) -> str:
    """Show everything but the questions."""
    asked = draft.questionnaire
    lines = [
        _("⚙️ <b>Settings of the questionnaire</b>"),
        "",
        _("Code: {code}, edition {revision}").format(
            code=f"<code>{html.quote(asked.code)}</code>", revision=asked.revision
        ),
        _("Minutes: {minutes}").format(minutes=asked.minutes),
        _("Usually: {mode}").format(mode=mode_name(asked.mode)),
        "",
        _("Title:"),
        *_in_all(asked.title),
        _("Long title, for orders and reports:"),
        *_in_all(asked.title_long),
    ]
    if asked.period is not None:
        lines += [_("Period, filled in when a survey is opened:"), *_in_all(asked.period)]
    return "\n".join(lines)


def question_text(draft: Draft, asked: AskWords) -> str:
    """Ask for a text: which, in which language, what stands there now."""
    before = now_text(draft.questionnaire, asked)
    parts = [_about(draft.questionnaire, asked), _ask_for(asked)]
    if before:
        parts.append(_("Now: {text}").format(text=f"<code>{html.quote(_shortened(before))}</code>"))
    return "\n\n".join(part for part in parts if part)


def _ask_for(asked: AskWords) -> str:
    if asked.field in _ASKED_ONCE:
        return _ASKED_ONCE[asked.field]()
    return _ASKED_IN[asked.field][asked.language]()


def now_text(found: Questionnaire, asked: AskWords) -> str:
    """Return what stands in a field now, empty if nothing does."""
    language = asked.language
    match asked.field:
        case Field.CODE:
            return found.code
        case Field.MINUTES:
            return str(found.minutes)
        case Field.TITLE:
            return found.title.get(language)
        case Field.LONG_TITLE:
            return found.title_long.get(language)
        case Field.INDEX:
            return index_at(found, asked.place).title.get(language)
        case _:
            return _of_item(item_at(found, asked.place), asked.field, language)


def changed_text(words: str | None = None) -> str:
    """Say that somebody was faster; words that were typed are given back."""
    said = _("⚠️ The draft was changed meanwhile, so nothing was written. This is how it stands now.")
    if words is None:
        return said
    kept = f"<code>{html.quote(_shortened(words))}</code>"
    return "\n".join([said, _("Your words, to be copied with a tap: {words}").format(words=kept)])


def delete_text(draft: Draft, reader: Reader) -> str:
    """Ask once more."""
    return _("Delete this draft for good? {title}").format(
        title=f"<b>{html.quote(title_of(draft.questionnaire, reader.language))}</b>"
    )


def finish_text(draft: Draft, reader: Reader) -> str:
    """Say what finishing means."""
    lines = [
        _("Finish this questionnaire? {title}").format(
            title=f"<b>{html.quote(title_of(draft.questionnaire, reader.language))}</b>"
        ),
        _("It comes into the library and never changes any more; later there can be a next edition."),
    ]
    return "\n\n".join([*lines, *_reworded(draft)])


def written_note() -> str:
    """Say that a text is kept."""
    return _("✅ Written.")


def finished_note() -> str:
    """Say that it is in the library."""
    return _("✅ Finished: the questionnaire is in the library.")


def deleted_note() -> str:
    """Say that it is gone."""
    return _("🗑 The draft is deleted.")


def _shortened(words: str) -> str:
    """Return words as far as a message has room for them beside everything else."""
    return words if len(words) <= _ROOM else f"{words[: _ROOM - 1]}…"


def _items(asked: Questionnaire, page: int, language: Language) -> list[str]:
    first = page * PAGE
    shown = list(enumerate(asked.items[first : first + PAGE], start=first + 1))
    return [f"<b>{number}.</b> {html.quote(cut(wording_of(item, language), _WORDING))}" for number, item in shown]


def _state(draft: Draft) -> str:
    if not draft.faults:
        return "\n\n".join([_("✅ Nothing lacks: it can be finished."), *_reworded(draft)])
    head = ngettext("📌 {count} thing to do yet:", "📌 {count} things to do yet:", len(draft.faults))
    lines = faults_lines(draft.questionnaire, draft.faults)
    return "\n\n".join(["\n".join([head.format(count=len(draft.faults)), *lines]), *_reworded(draft)])


def _reworded(draft: Draft) -> list[str]:
    if not draft.reworded:
        return []
    codes = [item.code for item in draft.questionnaire.items]
    numbers = ", ".join(str(codes.index(code) + 1) for code in draft.reworded)
    return [
        _("👀 Look twice: these questions are worded quite otherwise than before: {numbers}. If the meaning is another "
          "one, remove the question and add a new one.").format(numbers=numbers)
    ]  # fmt: skip


def _in_all(text: Trilingual) -> list[str]:
    return [f"• {OWN_NAMES[language]}: {html.quote(text.get(language)) or '—'}" for language in Language]


def _about(found: Questionnaire, asked: AskWords) -> str:
    if asked.field in {Field.CODE, Field.MINUTES, Field.TITLE, Field.LONG_TITLE}:
        return ""
    if asked.field is Field.INDEX:
        return _("<b>Index {number}</b>").format(number=asked.place + 1)
    said = [_("<b>Question {number}</b>").format(number=asked.place + 1)]
    item = item_at(found, asked.place)
    others = [language for language in Language if item.text.get(language)]
    said += [f"{OWN_NAMES[language]}: {html.quote(item.text.get(language))}" for language in others]
    return "\n".join(said)


def _of_item(item: Item, field: Field, language: Language) -> str:
    if field is Field.TEXT:
        return item.text.get(language)
    if field is Field.HINT:
        return item.hint.get(language) if item.hint is not None else ""
    if field is Field.TOPIC:
        return item.topic
    lines = item.rows if item.type is ItemType.MATRIX else item.choices
    return "\n".join(one.text.get(language) for one in lines if one.text.get(language))


_ASKED_ONCE = {
    Field.CODE: lambda: _("Write the code: small Latin letters, digits and hyphens. It stays for ever."),
    Field.MINUTES: lambda: _("How many minutes does it take? Write a whole number."),
    Field.TOPIC: lambda: _("Write the topic: a word for reports."),
}
#: Whole sentences: a language's name would need a case in two of the languages.
_ASKED_IN = {
    Field.TITLE: {
        Language.KY: lambda: _("Write the title in Kyrgyz."),
        Language.RU: lambda: _("Write the title in Russian."),
        Language.EN: lambda: _("Write the title in English."),
    },
    Field.LONG_TITLE: {
        Language.KY: lambda: _("Write the long title, for orders and reports, in Kyrgyz."),
        Language.RU: lambda: _("Write the long title, for orders and reports, in Russian."),
        Language.EN: lambda: _("Write the long title, for orders and reports, in English."),
    },
    Field.TEXT: {
        Language.KY: lambda: _("Write the question in Kyrgyz."),
        Language.RU: lambda: _("Write the question in Russian."),
        Language.EN: lambda: _("Write the question in English."),
    },
    Field.HINT: {
        Language.KY: lambda: _("Write the hint, the small line below the question, in Kyrgyz."),
        Language.RU: lambda: _("Write the hint, the small line below the question, in Russian."),
        Language.EN: lambda: _("Write the hint, the small line below the question, in English."),
    },
    Field.CHOICES: {
        Language.KY: lambda: _("Write what can be chosen, each on a line of its own, in Kyrgyz."),
        Language.RU: lambda: _("Write what can be chosen, each on a line of its own, in Russian."),
        Language.EN: lambda: _("Write what can be chosen, each on a line of its own, in English."),
    },
    Field.INDEX: {
        Language.KY: lambda: _("Write the title of the index in Kyrgyz."),
        Language.RU: lambda: _("Write the title of the index in Russian."),
        Language.EN: lambda: _("Write the title of the index in English."),
    },
}
