"""Drafts as their editors see them: the list, and one of them with what it has and what it lacks."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.announce.texts import attached_line
from handlers.common.audience_words import audience_lines
from handlers.common.categories import category_name
from handlers.common.channel_words import channel_count
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from handlers.common.roles import unit_name
from services.announcements.dto import Announcement, AnnouncementStage, Content, SendingOptions
from services.announcements.wording import missing_abouts, missing_texts
from services.announcements.writing_dto import DraftView, EditorsDesk
from services.html import visible_length, visible_text
from services.languages import Language

_SHORT, _EXCERPT, _LONGEST_NAME, _LONGEST_ADDRESSEES = 36, 90, 40, 600  # twenty drafts fit into a message


def desk_text(desk: EditorsDesk, reader: Reader) -> str:
    """List the drafts; to who only approves, say what the buttons below lead to."""
    if not desk.voices:
        return _("🖊 <b>Announcements</b>\n\nYou approve what others write. What waits for your decision stands below.")
    if not desk.drafts:
        return _("📝 <b>Drafts of announcements</b>\n\nThere are no drafts. Begin one, or forward a post to me.")
    lines = [_("📝 <b>Drafts of announcements</b>"), ""]
    for place, view in enumerate(desk.drafts, 1):
        draft = view.announcement
        whose = f" · {html.quote(_cut(unit_name(view.unit, reader.language), _SHORT))}" if view.unit else ""
        lines.append(f"{place}. <b>{html.quote(title_of(draft, reader.language))}</b>{whose}")
        lines.append(f"{stage_text(draft.stage)} · {_changed(view, reader)}")
    return "\n".join(lines)


def title_of(draft: Announcement, reader: Language) -> str:
    """Return the beginning of a draft, in the reader's language if it has that; plain text."""
    text = next((draft.texts[language] for language in (reader, *Language) if language in draft.texts), None)
    if text is None:
        return _("Without a text")
    return _cut(" ".join(visible_text(text).split()), _SHORT)


def stage_text(stage: AnnouncementStage) -> str:
    """Say how far one is that has not gone out."""
    texts = {
        AnnouncementStage.DRAFT: _("📝 Draft"),
        AnnouncementStage.AWAITING_APPROVAL: _("⏳ Waits for approval"),
        AnnouncementStage.SCHEDULED: _("🕓 Goes out at its time"),
        AnnouncementStage.PAUSED: _("⏸ Paused"),
        AnnouncementStage.BEGUN: _("📨 Is going out"),
        AnnouncementStage.CANCELLED: _("✖️ Cancelled"),
    }
    return texts[stage]


def card_text(view: DraftView, reader: Reader, note: str = "") -> str:
    """Show what a draft has and what it lacks."""
    draft, content = view.announcement, view.announcement.content
    lines = [note, ""] if note else []
    lines.append(f"<b>{stage_text(draft.stage)}</b>")
    if draft.stage is not AnnouncementStage.DRAFT:
        lines.append(_("Any change makes it a draft again; it must be sent, and approved if needed, once more."))
    lines += ["", _("From: {unit}").format(unit=_voice(view, reader.language))]
    lines += [_language_line(content, language) for language in Language]
    lines.append("📎 " + attached_line(content))
    if content.links:
        labels = ", ".join(html.quote(link.label(reader.language)) for link in content.links)
        lines.append(_("🔗 Links: {labels}").format(labels=labels))
    lines.append(_("🏷 Category: {category}").format(category=category_name(content.category)))
    lines += _audience_lines(view, reader.language)
    lines.append(_when(draft.options, reader))
    lines += ["", _changed(view, reader), "", *_lacks(draft)]
    return "\n".join(lines)


def _voice(view: DraftView, reader: Language) -> str:
    if view.announcement.group_name is not None:
        return _("the curator of the group {name}").format(name=html.quote(view.announcement.group_name))
    if view.announcement.unit_code is None:
        return _("the whole university")
    return html.quote(unit_name(view.unit, reader) if view.unit else view.announcement.unit_code)


def _language_line(content: Content, language: Language) -> str:
    name, text = language_name(language), content.texts.get(language)
    if text is not None:
        excerpt = html.quote(_cut(" ".join(visible_text(text).split()), _EXCERPT))
        length = _("signs: {length}").format(length=visible_length(text))
        return f"✅ <b>{name}</b> ({length}): {excerpt}"
    if content.fallback is None:
        return "▫️ " + _("<b>{language}</b>: no text").format(language=name)
    about = content.about.get(language)
    instead = _("<b>{language}</b>: no text; readers get the one in: {other}").format(
        language=name, other=language_name(content.fallback)
    )
    if about is None:
        return "▫️ " + instead
    return f"🌐 {instead}\n      <i>{html.quote(_cut(about, _EXCERPT))}</i>"


def _audience_lines(view: DraftView, reader: Language) -> list[str]:
    posts = [channel_count(len(view.announcement.channels))] if view.announcement.channels else []
    if not view.announcement.audience:
        return [_("👥 Who gets it:"), *posts] if posts else [_("👥 Who gets it: not chosen yet")]
    if view.audience is None:
        return [_("👥 Who gets it: choose anew, this is not understood any more")]
    chosen = audience_lines(view.audience, view.unit_names, reader, longest=_LONGEST_ADDRESSEES)
    return [_("👥 Who gets it:"), *chosen, *posts]


def _when(options: SendingOptions, reader: Reader) -> str:
    parts = [_("at once") if options.wanted_at is None else reader.moment(options.wanted_at)]
    if options.urgent:
        parts.append(_("‼️ urgent"))
    if options.asks_reading:
        parts.append(_("readers confirm that they have read it"))
    if options.is_public:
        parts.append(_("everybody sees it, guests too"))
    return _("🕓 When: {when}").format(when=", ".join(parts))


def _changed(view: DraftView, reader: Reader) -> str:
    draft = view.announcement
    if view.changed_by is not None:
        name = html.quote(_cut(view.changed_by.full_name, _LONGEST_NAME))
    elif draft.changed_by is not None:
        name = _("Telegram account {id}").format(id=draft.changed_by)
    else:
        name = _("the operator")
    moment = reader.moment(draft.changed_at or draft.announced_at)
    return _("Changed last: {person}, {moment}").format(person=name, moment=moment)


def _lacks(draft: Announcement) -> list[str]:
    """Say what is still to be done before it can be sent."""
    content, lacks = draft.content, []
    if not content.texts:
        lacks.append(_("a text"))
    elif missing_texts(content) and content.fallback is None:
        lacks.append(_("a text in every language, or your word whose text the others get (🌐)"))
    elif missing_abouts(content):
        lacks.append(_("a line that says what it is about, for those who get a text in another language (🌐)"))
    if not draft.audience and not draft.channels:
        lacks.append(_("who gets it (👥)"))
    if not lacks:
        return [_("It has all that it needs: look at it and send it.")]
    return [_("It still lacks:"), *(f"• {lack}" for lack in lacks)]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
