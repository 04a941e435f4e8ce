"""What is said while somebody chooses who gets an announcement."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.audience.callbacks import Ask
from handlers.common.audience_words import audience_lines, key_label, value_text
from handlers.common.channel_words import channel_lines
from services.announcements.audience_dto import FEWEST_NAMED, AudienceOffer, DraftAudience, ListChosen
from services.announcements.posting import ChannelOffer
from services.audience.dto import AudienceSurvey, TermKey
from services.languages import Language

_SHOWN_NUMBERS = 20
_LONGEST_NUMBER = 40
_LONGEST_SHOWN = 1_500  # signs of an expression

EXAMPLE = 'role:student unit:mti -course:1 -list:"donors"'


def audience_text(shown: DraftAudience, reader: Language) -> str:
    """Show who is meant by now."""
    lines = [_("🎯 <b>Who gets this announcement</b>"), "", *_who(shown, reader)]
    if shown.unit is not None:
        name = value_text(TermKey.UNIT, "", {"": shown.unit}, reader)
        lines += ["", _("It goes to people of this unit only: {unit}").format(unit=f"<b>{html.quote(name)}</b>")]
    if shown.survey is not None:
        lines += ["", *_survey_lines(shown, shown.survey)]
    if shown.channels:
        lines += ["", _("📣 It also stands in these channels and groups:"), *channel_lines(shown.channels)]
    lines += ["", _("Different kinds must all hold; of one kind any is enough.")]
    return "\n".join(lines)


def channels_text(offer: ChannelOffer) -> str:
    """Ask in which channels and groups it shall stand."""
    lines = [_("📣 <b>Channels and groups</b>")]
    if not offer.channels:
        lines.append(_("None is registered that this announcement may go to. An administrator registers them: /admin"))
    else:
        lines.append(_("Tap where the announcement shall stand, too."))
        lines.append(_("Nobody knows how many read there, so a second person must approve it."))
    lost = [channel for channel in offer.channels if not channel.is_open]
    return "\n".join([*lines, *(["", *channel_lines(lost)] if lost else [])])


def values_text(offer: AudienceOffer, ask: Ask, page: int, pages: int, *, out: bool) -> str:
    """Ask which values are meant, or left out."""
    lines = [f"<b>{key_label(ask.key)}</b>"]
    lines.append(_("➖ Tap whom to leave out.") if out else _("➕ Tap whom to include; any of them is enough."))
    if ask is Ask.LISTS and not offer.values and not offer.typed:
        lines.append(_("There are no lists yet. Bring one: a file with people’s numbers."))
    elif offer.typed and not offer.values:
        lines.append(_("Nothing here is called so. Write another part of the name."))
    elif not offer.values:
        lines.append(_("There is nothing to choose here."))
    if pages > 1:
        lines.append(_("Page {page} of {pages}").format(page=page + 1, pages=pages))
    if pages > 1 or offer.typed:
        lines.append(_("🔎 Write a part of the name to find it."))
    if offer.recipients is not None:
        lines += ["", _("👥 Recipients now: {number}").format(number=f"<b>{offer.recipients}</b>")]
    return "\n".join(lines)


def ask_for_expression_text(shown: DraftAudience) -> str:
    """Ask for an expression, with the present one as the beginning."""
    lines = [_("⌨️ Write who is meant, as an expression. For example:"), f"<code>{html.quote(EXAMPLE)}</code>"]
    if shown.draft.audience:
        lines += [_("Now it is:"), f"<code>{html.quote(shown.draft.audience[:_LONGEST_SHOWN])}</code>"]
    lines.append(_("A space means “and”, a comma “or”, a minus “except”. /cancel leaves everything as it is."))
    return "\n".join(lines)


def ask_for_list_text() -> str:
    """Ask for a file."""
    return _(
        "📎 Send me a file with people: XLSX or CSV with a column “person_no” (the number in the roster). Other "
        "columns may stay; they are not read. The list is named after the file."
    )


def brought_text(chosen: ListChosen) -> str:
    """Say what a list holds, and which numbers nobody has."""
    number = chosen.brought.known
    lines = [
        ngettext(
            "✅ The list “{name}” has {number} person.", "✅ The list “{name}” has {number} people.", number
        ).format(name=html.quote(chosen.name), number=number)
    ]
    unknown = chosen.brought.unknown
    if unknown:
        numbers = ", ".join(number[:_LONGEST_NUMBER] for number in unknown[:_SHOWN_NUMBERS])
        lines.append(_("⚠️ Nobody in the roster has these numbers: {numbers}").format(numbers=html.quote(numbers)))
        if len(unknown) > _SHOWN_NUMBERS:
            lines.append(_("… and {number} more").format(number=len(unknown) - _SHOWN_NUMBERS))
    return "\n".join(lines)


def not_a_file_text() -> str:
    """Answer what is typed where a file is waited for."""
    return _("Here I wait for a file with people’s numbers. Send it as a file, or go back.")


def too_large_text(megabytes: int) -> str:
    """Answer a file that Telegram does not hand over."""
    return _("The file is too large: at most {limit} MB.").format(limit=megabytes)


def send_again_text() -> str:
    """Answer a file that is gone."""
    return _("The file did not come through Telegram. Please send it once more.")


def gone_text() -> str:
    """Answer what was typed after the form was left."""
    return _("I do not know any more which announcement this is about. Open the draft and choose anew.")


def changed_toast() -> str:
    """Answer a button of a screen that is out of date."""
    return _("Something has changed since this was shown, so nothing was chosen. This is how it is now.")


def _who(shown: DraftAudience, reader: Language) -> list[str]:
    if shown.unreadable:
        return [_("⚠️ What was chosen cannot be read any more. Start over.")]
    if shown.audience is None:
        if shown.draft.channels:
            return [_("No people are chosen, only channels and groups.")]
        return [_("Nobody is chosen yet. Tap who is meant.")]
    lines = audience_lines(shown.audience, shown.unit_names, reader)
    if shown.unknown:
        names = html.quote(" ".join(shown.unknown)[:_LONGEST_SHOWN])
        gone = _("⚠️ This does not exist any more: {names}. Take it back, or nobody can be told.").format(names=names)
        lines += ["", gone]
    return lines


def _survey_lines(shown: DraftAudience, survey: AudienceSurvey) -> list[str]:
    if not survey.recipients:
        return [_("👥 Nobody is meant: nobody meets all of this at once. Take something back.")]
    lines = [_("👥 Recipients: {number}").format(number=f"<b>{survey.recipients}</b>")]
    if survey.unreachable:
        stopped = ngettext(
            "🚫 {number} of them has stopped the bot and gets nothing.",
            "🚫 {number} of them have stopped the bot and get nothing.",
            survey.unreachable,
        )
        lines.append(stopped.format(number=survey.unreachable))
    if survey.names:
        lines.append(_("For example: {names}").format(names=html.quote("; ".join(survey.names))))
    elif survey.recipients < FEWEST_NAMED:
        lines.append(_("Fewer than {limit}, so no names are shown.").format(limit=FEWEST_NAMED))
    return [*lines, *_language_lines(shown, survey)]


def _language_lines(shown: DraftAudience, survey: AudienceSurvey) -> list[str]:
    if not shown.draft.texts:
        return [_("🌐 Nothing is written yet; then you see here who has no text in their own language.")]
    if not survey.without_text:
        return [_("🌐 Everybody has a text in their own language.")]
    return [_without_text(survey), _instead(shown.draft.fallback)]


def _without_text(survey: AudienceSurvey) -> str:
    number, foreign = survey.without_text, survey.foreign_without_text
    if not foreign:
        return ngettext(
            "🌐 {number} reader without a text in their language.",
            "🌐 {number} readers without a text in their language.",
            number,
        ).format(number=number)
    if foreign == number:
        return ngettext(
            "🌐 {number} reader without a text in their language, a foreign student.",
            "🌐 {number} readers without a text in their language, all of them foreign students.",
            number,
        ).format(number=number)
    sentence = ngettext(
        "🌐 {number} reader without a text in their language. Foreign students among them: {foreign}",
        "🌐 {number} readers without a text in their language. Foreign students among them: {foreign}",
        number,
    )
    return sentence.format(number=number, foreign=foreign)


def _instead(fallback: Language | None) -> str:
    """Say what they get."""
    sentences = {
        Language.KY: _("They get the Kyrgyz text."),
        Language.RU: _("They get the Russian text."),
        Language.EN: _("They get the English text."),
    }
    if fallback is None:
        return _("Write that text, or say in the draft which one they get.")
    return sentences[fallback]
