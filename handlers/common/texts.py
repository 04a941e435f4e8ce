"""Sentences that belong to no feature."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.keyboards import has_plans
from services.access import Actor
from services.announcements.rules import voices_of
from services.announcements.waiting import units_approved_for
from services.languages import Language
from services.university import UniversityCard


def menu_text(actor: Actor, university: UniversityCard) -> str:
    """Greet the person; tell a stranger how to become known."""
    name = html.quote(university.name.get(actor.language))
    if actor.person is not None:
        return _("<b>{person}</b>\n{university}\n\nWhat would you like to do?").format(
            person=html.quote(actor.person.full_name), university=name
        )
    if actor.frozen:
        return _(
            "⛔ The link of this account is on hold: somebody said that it is not theirs. Nothing of the student or "
            "employee is shown here until this is settled. Please come with your document to: {office}"
        ).format(office=office_line(university, actor.language))
    office = html.quote(university.study_office.name.get(actor.language))
    return _(
        "Welcome to the bot of {university}.\n\n"
        "To order certificates, link this account: with a one-time code, by your telephone number, or by asking: "
        "{office}.\n"
        "Anybody can check a certificate, without a link: /verify. What the university announces to everybody stands "
        "here: /announcements."
    ).format(university=name, office=office)


def office_line(university: UniversityCard, language: Language) -> str:
    """Say where the Study Office is, when it is open and how it is called, as HTML in one line."""
    office = university.study_office
    parts = (office.name.get(language), office.place.get(language), office.hours.get(language), office.phone)
    return html.quote(", ".join(parts))


def help_text(actor: Actor, university: UniversityCard) -> str:
    """Say what the bot can do for this person and where people can be asked."""
    language, office = actor.language, university.study_office
    lines = [
        _("<b>What I can do</b>"),
        _("/certificate – order a certificate; it comes here as a signed PDF"),
        _("/verify – check whether a certificate is genuine"),
        _("/announcements – the last announcements"),
        *([_("/admin – the desks of your roles")] if actor.grants else []),
        *_announcing(actor),
        *([_("/plan – what the work plan asks of your unit")] if has_plans(actor) else []),
        _("/trust – where to call for help, and a personal talk"),
        *([_("/survey – surveys that ask you")] if actor.person is not None else []),
        _("/settings – language, quiet hours, your link"),
        _("/mydata – everything that is kept about you, as a file"),
        _("/language – change the language"),
        _("/cancel – leave what you have begun"),
        "",
        _("Questions about your data: {office}").format(office=html.quote(office.name.get(language))),
        _("📍 {place}, {hours}").format(
            place=html.quote(office.place.get(language)), hours=html.quote(office.hours.get(language))
        ),
        _("☎️ {phone} · {email}").format(phone=html.quote(office.phone), email=html.quote(office.email)),
    ]
    return "\n".join(lines)


def _announcing(actor: Actor) -> list[str]:
    if voices_of(actor):
        return [_("/announce – write announcements")]
    if units_approved_for(actor):
        return [_("/announce – announcements that wait for your approval")]
    return []


def cancelled_text(*, something: bool) -> str:
    """Say what /cancel did."""
    if something:
        return _("Cancelled. Nothing was changed.")
    return _("There is nothing to cancel.")


def not_understood_text() -> str:
    """Answer a text that is neither a command nor a code."""
    return _(
        "I did not understand that. Choose from the menu, or send a certificate's code or a one-time code. "
        "/help tells what I can do."
    )


def cannot_read_text() -> str:
    """Answer a sticker, a voice message and the like."""
    return _("I can read only text, PDF files, pictures of QR codes and taps on buttons. /help tells what I can do.")
