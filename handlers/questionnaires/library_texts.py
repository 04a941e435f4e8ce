"""What is said about the library and its editions."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.questionnaire_words import mode_name, size_text
from handlers.common.reader import Reader
from handlers.questionnaires.words import title_of
from services.questionnaires.draft_dto import Library
from services.questionnaires.dto import KnownQuestionnaire, Questionnaire
from services.questionnaires.packing import bits_over

#: Drafts that are shown, the newest ones.
MOST_DRAFTS = 12


def library_text(library: Library, reader: Reader) -> str:
    """Say what the library is for, and what is being written."""
    parts = [_("🧩 <b>Questionnaires</b>")]
    if not library.editions:
        parts.append(_("The library is empty. Begin a questionnaire here, or take one of those below."))
    else:
        parts.append(
            _("A finished edition never changes, so that semesters can be compared. To change it, begin the next one.")
        )
    if library.shipped:
        parts.append(_("📥 These come with the bot; a tap puts one into the library."))
    if library.drafts:
        shown = [one.questionnaire for one in library.drafts[:MOST_DRAFTS]]
        titles = [f"✏️ {html.quote(title_of(one, reader.language))}" for one in shown]
        parts.append("\n".join([_("Being written, by all survey managers together:"), *titles]))
    return "\n\n".join(parts)


def edition_text(edition: KnownQuestionnaire, reader: Reader) -> str:
    """Show an edition."""
    asked = edition.questionnaire
    lines = [
        _("🧩 <b>{title}</b>").format(title=html.quote(title_of(asked, reader.language))),
        html.quote(asked.title_long.get(reader.language)),
        "",
        _("Code: {code}, edition {revision}").format(code=f"<code>{asked.code}</code>", revision=asked.revision),
        _("Usually: {mode}").format(mode=mode_name(asked.mode)),
        size_text(asked),
        chat_text(asked),
        _("In the library since: {day}").format(day=reader.moment(edition.created_at)),
    ]
    return "\n".join(lines)


def chat_text(asked: Questionnaire) -> str:
    """Say whether the chat can ask it."""
    over = bits_over(asked)
    if not over:
        return _("💬 It can be asked in the chat and on the web page.")
    return _("🌐 It is too long for the chat (by {bits} bits): it can be asked on the web page only.").format(bits=over)


def paper_caption(asked: Questionnaire, reader: Reader) -> str:
    """Say what the paper is."""
    title = html.quote(title_of(asked, reader.language))
    return _("📄 The blank questionnaire in three languages: {title}").format(title=title)


def file_caption(asked: Questionnaire, reader: Reader) -> str:
    """Say what the file is for."""
    title = html.quote(title_of(asked, reader.language))
    return _("🗂 The file of the questionnaire: {title}. Changed on a computer, it needs a higher revision.").format(
        title=title
    )


def revision_note() -> str:
    """Say what the next edition may change."""
    return _(
        "✏️ This is the next edition. Correct spellings and hints here; a question that shall mean something else is "
        "removed, and a new one added in its place."
    )


def copied_note() -> str:
    """Say what a copy is."""
    return _(
        "✏️ This is a new questionnaire with the same questions, so their answers can be compared. Give it a title."
    )
