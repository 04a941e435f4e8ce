"""Texts of this feature."""

from collections.abc import Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from handlers.survey_reports.marking import struck
from services.languages import Language, Trilingual
from services.survey_reports.outcome import Outcome
from services.survey_reports.redaction import Kind, Span
from services.survey_reports.report_dto import Picture, Report, Round
from services.survey_reports.text_dto import Hidden, TextGroup, TextPage, TextToRead
from services.survey_reports.texts import MARKS
from services.surveys.dto import Stratum


def list_text(rounds: Sequence[Round]) -> str:
    """Say which surveys there are."""
    head = _("📊 <b>What surveys found</b>")
    nothing = _("There is nothing for you yet. Results appear only after a survey closes.")
    said_so = _("Choose a survey.") if rounds else nothing
    return f"{head}\n\n{said_so}"


def report_text(report: Report, reader: Reader) -> str:
    """Say which survey it is, and how much of it the reader sees."""
    asked = report.round
    lines = [round_line(asked, reader), _held(asked, reader)]
    response = report.results.responses.get(report.whole.code)
    if response is not None and response.percent is not None:
        lines.append(_("Answered: {percent} %").format(percent=response.percent))
        if response.indicative:
            lines.append(_("Indicative: fewer than half answered."))
    lines += ["", _("Groups with too few answers are not shown, so that nobody can be recognised.")]
    if not report.scope.has_tables:
        lines.append(_("You see pictures."))
    return "\n".join(lines)


def round_line(asked: Round, reader: Reader) -> str:
    """Return what a survey is called, as a heading."""
    return f"📊 <b>{html.quote(said(asked.questionnaire.title, reader.language))}</b>"


def caption(report: Report, picture: Picture, stratum: Stratum, reader: Reader) -> str:
    """Say what a picture shows."""
    title = said(report.round.questionnaire.title, reader.language)
    parts = [title, picture_word(picture)]
    if picture is not Picture.UNITS:
        parts.append(group_name(stratum, reader.language))
    return html.quote(" · ".join(parts))


def picture_word(picture: Picture) -> str:
    """Say what a picture shows in a word or two."""
    return {
        Picture.ANSWERS: _("Answers"),
        Picture.INDICES: _("Indices over semesters"),
        Picture.UNITS: _("Units and topics"),
    }[picture]


def groups_text(picture: Picture) -> str:
    """Ask for a group."""
    return _("{picture}: of which group?").format(picture=picture_word(picture))


def report_caption() -> str:
    """Say what is in a file."""
    return _("Published results only: no answer of a single person stands in it.")


def groups_of_texts_text(asked: Round, groups: Sequence[TextGroup], reader: Reader) -> str:
    """Say where there are free answers, and where they are not shown and why."""
    lines = [round_line(asked, reader), _("💬 <b>Free answers</b>"), ""]
    if not groups:
        return "\n".join([*lines, _("Nobody wrote anything.")])
    for number, group in enumerate(groups, start=1):
        name = html.quote(group_name(group.stratum, reader.language))
        lines.append(f"{number}. {html.quote(said(group.item.text, reader.language))} – <b>{name}</b>")
        lines.append(_standing(group))
    lines += ["", _("Each answer is shown only after one of you has looked at it and removed what names somebody.")]
    return "\n".join(lines)


def review_text(found: TextToRead, spans: Sequence[Span], reader: Reader) -> str:
    """Show an answer with what is to be removed."""
    return "\n".join([
        f"<i>{html.quote(said(found.item.text, reader.language))}</i>",
        html.quote(group_name(found.stratum, reader.language)),
        "",
        struck(found.text.words, spans),
        "",
        _("What is struck out will be removed. Tap a word to hide it or to show it again."),
        ngettext("{number} answer waits.", "{number} answers wait.", found.left).format(number=found.left),
    ])  # fmt: skip


def all_seen_text() -> str:
    """Say that no answer waits."""
    return _("✅ Every answer of this group has been looked at.")


def page_text(page: TextPage, reader: Reader) -> str:
    """Show confirmed answers."""
    group = page.group
    lines = [
        f"<i>{html.quote(said(group.item.text, reader.language))}</i>",
        html.quote(group_name(group.stratum, reader.language)),
        "",
        *(f"• {html.quote(told(text))}\n" for text in page.texts),
    ]
    if not page.texts:
        lines.append(_("No answer of this group has been confirmed yet."))
    elif page.pages > 1:
        lines.append(f"{page.page + 1} / {page.pages}")
    return "\n".join(lines)


def texts_caption() -> str:
    """Say what is in the file of free answers."""
    return _("Confirmed answers in random order. Handle them with care: one’s words can betray one.")


def told(shown: str) -> str:
    """Return a confirmed answer with words of the reader's language for what was removed."""
    words = {
        Kind.NAME: _("[name removed]"),
        Kind.EMAIL: _("[address removed]"),
        Kind.ACCOUNT: _("[address removed]"),
        Kind.LINK: _("[address removed]"),
        Kind.GROUP: _("[group removed]"),
        Kind.ROOM: _("[room removed]"),
    }
    for kind, mark in MARKS.items():
        shown = shown.replace(mark, words.get(kind) or _("[number removed]"))
    return shown


def outcome_text(outcome: Outcome, reader: Reader) -> str:
    """Say what is written of what changed, and what is missing."""
    lines = [round_line(outcome.round, reader), _("📣 <b>What changed because of the answers</b>"), ""]
    lines += [f"{'✅' if outcome.text.get(language) else '▫️'} {language_word(language)}" for language in Language]
    lines.append("")
    if outcome.sent:
        lines.append(_("It was told to everybody who was asked."))
    elif outcome.missing:
        lines.append(_("Write it in three languages. Then everybody who was asked gets it, whoever of them took part."))
    else:
        lines.append(
            ngettext(
                "Everybody who was asked gets it, whoever of them took part: {number} account.",
                "Everybody who was asked gets it, whoever of them took part: {number} accounts.",
                outcome.recipients,
            ).format(number=outcome.recipients)
        )
    return "\n".join(lines)


def ask_outcome_text(language: Language, outcome: Outcome) -> str:
    """Ask for what changed in one language."""
    lines = [_("Write what changed, in this language: {language}").format(language=language_word(language))]
    if outcome.text.get(language):
        lines += ["", html.quote(outcome.text.get(language))]
    return "\n".join(lines)


def preview_text(outcome: Outcome, words: dict[Language, str]) -> str:
    """Show what everybody will read."""
    lines = [_("👁 <b>So it will be read</b>"), ""]
    for language in Language:
        if outcome.text.get(language):
            lines += [words[language], ""]
    return "\n".join(lines).rstrip()


def outcome_message(period: Trilingual, text: Trilingual, language: Language) -> str:
    """Return what everybody who was asked reads, in the language of the moment."""
    head = _("What changed because of your answers: {period}").format(period=html.quote(period.get(language)))
    return f"<b>{head}</b>\n\n{html.quote(text.get(language))}"


def stale_toast() -> str:
    """Say that a button is of an earlier screen."""
    return _("This button belongs to an earlier screen.")


def language_word(language: Language) -> str:
    """Say which language is meant."""
    return {Language.KY: _("Kyrgyz"), Language.RU: _("Russian"), Language.EN: _("English")}[language]


def group_name(stratum: Stratum, language: Language) -> str:
    """Return what a group is called."""
    return said(stratum.name, language) or stratum.code


def said(text: Trilingual, language: Language) -> str:
    """Return a text in the reader's language, else in the state language."""
    return " ".join((text.get(language) or text.ky).split())


def _held(asked: Round, reader: Reader) -> str:
    days = _("Held: {first} – {last}").format(first=reader.day(asked.opened_on), last=reader.day(asked.closed_on))
    period = asked.period.get(reader.language)
    return f"{html.quote(period)}\n{days}" if period else days


def _standing(group: TextGroup) -> str:
    if group.hidden is Hidden.TOO_FEW:
        return "   " + _("Too few free answers to show.")
    if group.hidden is Hidden.ONE_UNIT:
        return "   " + _("Only one unit was asked: shown to nobody.")
    if group.hidden is Hidden.OWN_UNIT or group.count is None:
        return "   " + _("About your own unit: not shown to you.")
    return "   " + _("to be looked at: {waiting}, shown: {confirmed}, withheld: {withheld}").format(
        waiting=group.count.waiting, confirmed=group.count.confirmed, withheld=group.count.withheld
    )
