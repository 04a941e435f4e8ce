"""What is said at the editors' desk; drafts themselves are written in `card_texts`."""

import re

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.languages import language_name
from services.announcements.dto import Content, Media
from services.announcements.links import LONGEST_LABEL
from services.announcements.wording import LONGEST_ABOUT, MOST_LINKS
from services.announcements.writing_dto import EditorsDesk
from services.html import LONGEST_CAPTION, LONGEST_MESSAGE
from services.languages import Language

_TYPED_TAG = re.compile(r"&lt;/?(?:a|b|blockquote|br|code|del|em|i|p|pre|s|span|strong|u)(?:&gt;|/| )", re.IGNORECASE)


def choose_voice_text(desk: EditorsDesk) -> str:
    """Ask for whom one writes."""
    if not desk.groups:
        return _("For which unit is this announcement? It reaches the people of this unit only.")
    return _("For whom is this announcement? One to a study group or a unit reaches nobody else.")


def ask_text_text(language: Language, *, is_first: bool) -> str:
    """Ask for the text of a language."""
    asks = {
        Language.KY: _("✍️ Send the text in <b>Kyrgyz</b>."),
        Language.RU: _("✍️ Send the text in <b>Russian</b>."),
        Language.EN: _("✍️ Send the text in <b>English</b>."),
    }
    hint = _(
        "Bold, links and other formatting of Telegram are kept. A photo or a document with the text below it is taken "
        "as well. At most {message} signs, {caption} with a photo or a document."
    ).format(message=LONGEST_MESSAGE, caption=LONGEST_CAPTION)
    return f"{asks[language]}\n{hint}" if is_first else asks[language]


def file_taken_text(media: Media) -> str:
    """Say that the file came without a text."""
    if media is Media.PHOTO:
        return _("📎 The photo is taken.")
    return _("📎 The document is taken.")


def typed_tags_note(text: str) -> str:
    """Say that tags which were typed are words; empty where there are none."""
    if not _TYPED_TAG.search(text):
        return ""
    return _(
        "⚠️ There are tags such as {tag} in your text: readers will see them as they stand. To format words, mark "
        "them and choose the formatting in Telegram itself."
    ).format(tag=html.quote("<b>"))


def split_text(language: Language) -> str:
    """Say that a text was so long that Telegram made two messages of it."""
    return _(
        "⚠️ This text is too long: Telegram has split it into several messages, and an announcement is one message of "
        "at most {limit} signs. Only its beginning was kept. Please shorten it and send all of it again ({language})."
    ).format(limit=LONGEST_MESSAGE, language=language_name(language))


def one_message_text() -> str:
    """Refuse a sticker, a voice message, a video, a place."""
    return _(
        "This cannot be part of an announcement. Please send a text, one photo or one document; the draft is as it was."
    )


def file_wanted_text() -> str:
    """Refuse what is neither a photo nor a document."""
    return _("Please send one photo or one document here; the draft is as it was. Texts are sent from the draft.")


def words_wanted_text() -> str:
    """Refuse what is no text."""
    return _("Please write it as a text; the draft is as it was.")


def album_text() -> str:
    """Refuse several photos at once."""
    return _(
        "An announcement has one photo or one document, so that it is one message for everybody: an album cannot be "
        "taken. Please send one of them, with the text below it if you like."
    )


def file_too_large_text(limit_megabytes: int) -> str:
    """Refuse a file that Telegram does not hand over to bots."""
    return _(
        "This file is too large: Telegram hands files of at most {limit} MB to bots. Please send a smaller one, or put "
        "it on the university's site and add a link."
    ).format(limit=limit_megabytes)


def file_gone_text() -> str:
    """Say that Telegram did not hand the file over."""
    return _("Telegram did not hand this file over. Please send it again.")


def file_screen_text(content: Content) -> str:
    """Say what is attached, and ask for something else."""
    ask = _(
        "Send one photo or one document (any kind, at most 20 MB). With it, a text has at most {limit} signs."
    ).format(limit=LONGEST_CAPTION)
    if content.file is None:
        return f"📎 {ask}"
    return "\n\n".join(["📎 " + attached_line(content), ask])


def attached_line(content: Content) -> str:
    """Say what is attached."""
    if content.file is None:
        return _("No photo or document")
    if content.file.media is Media.PHOTO:
        return _("A photo")
    return _("Document: {name}").format(name=html.quote(content.file.file_name))


def words_left_note() -> str:
    """Say that the words below a file were not taken, for nobody knows in which language they are."""
    return _("📎 Taken. The words below it were not: send them as the text of their language.")


def links_screen_text(content: Content, reader: Language) -> str:
    """Show the buttons that lead elsewhere, and say how to write more of them."""
    lines = [f"• {html.quote(link.label(reader))} — {html.quote(link.address)}" for link in content.links]
    ask = _(
        "🔗 Send the buttons, each on a line: <code>Label — https://…</code>\nIn three languages: "
        "<code>ky | ru | en — https://…</code>\nAt most {most} buttons, {limit} signs for a label."
    ).format(most=MOST_LINKS, limit=LONGEST_LABEL)
    return "\n".join([*lines, "", ask] if lines else [ask])


def category_screen_text() -> str:
    """Ask what it is about."""
    return _("🏷 What is it about? People can switch off categories that they do not want, except for urgent ones.")


def fallback_screen_text() -> str:
    """Ask whose text readers get."""
    return _(
        "🌐 Not every language has its text. Which text shall the others get? They will also see in their own "
        "language what it is about: you write that line next."
    )


def ask_about_text(language: Language) -> str:
    """Ask for the line that says what it is about."""
    asks = {
        Language.KY: _("🌐 In one line in <b>Kyrgyz</b>: what is it about?"),
        Language.RU: _("🌐 In one line in <b>Russian</b>: what is it about?"),
        Language.EN: _("🌐 In one line in <b>English</b>: what is it about?"),
    }
    limit = _("At most {limit} signs, without formatting.").format(limit=LONGEST_ABOUT)
    return f"{asks[language]}\n{limit}"


def throw_away_text() -> str:
    """Ask once more."""
    return _("🗑 Throw this draft away? Nobody has got it, and it cannot be brought back.")


def thrown_away_text() -> str:
    """Say that the draft is gone."""
    return _("🗑 The draft is thrown away.")


def nothing_kept_text() -> str:
    """Say that there is no draft."""
    return _("Nothing was written, so no draft was kept.")


def out_of_date_text() -> str:
    """Say that a button belongs to a question that does not stand any more."""
    return _("This question does not stand any more.")


def changed_meanwhile_text() -> str:
    """Say that somebody else was quicker."""
    return _(
        "⚠️ Somebody else has changed this draft in the meantime, so your change was not made. Here is the draft as it "
        "is now:"
    )


def your_words_text() -> str:
    """Say that what follows is what was not kept."""
    return _(
        "⚠️ Somebody else has changed this draft in the meantime, so what you sent was not kept. Here it is once more, "
        "so that you can copy it; below it stands the draft as it is now."
    )


def post_taken_text() -> str:
    """Say that a post became a draft."""
    return _("📝 The post is kept as a draft.")


def post_language_text(*, attachment_left: bool) -> str:
    """Ask what to do with a post that was forwarded; say if what is attached to it cannot be taken."""
    question = _("📣 Make an announcement of this post? In which language is it?")
    if not attachment_left:
        return question
    left = _("Only its words can be taken: an announcement has no video and no sound, but one photo or one document.")
    return f"{question}\n\n{left}"
