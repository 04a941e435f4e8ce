"""What is said about settings."""

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.categories import category_name
from handlers.common.languages import OWN_NAMES
from handlers.common.ports import LocalDates
from services.access import Actor, LinkedPerson
from services.accounts.dto import PersonalSettings
from services.announcements.dto import Category


def settings_text(actor: Actor, settings: PersonalSettings, dates: LocalDates) -> str:
    """Say how things stand."""
    lines = [
        _("⚙️ <b>Settings</b>"),
        "",
        _("🌐 Language: {language}").format(language=OWN_NAMES[actor.language]),
        _("🌙 Quiet hours: {hours}").format(hours=hours_text(settings)),
        _sound_line(settings),
        _gathering_line(settings),
        *_muted_lines(settings),
        *_link_lines(actor, settings, dates),
    ]
    return "\n".join(lines)


def hours_text(settings: PersonalSettings) -> str:
    """Say which quiet hours hold."""
    hours = settings.usual_quiet_hours if settings.quiet_hours is None else settings.quiet_hours
    if not hours.any:
        return _("none")
    if settings.quiet_hours is None:
        return _("{hours} (the university's)").format(hours=hours)
    return str(hours)


def quiet_hours_text(settings: PersonalSettings) -> str:
    """Say what quiet hours are."""
    return _(
        "🌙 <b>Quiet hours</b>: {hours}\n\n"
        "In these hours nothing comes here unasked, except urgent news; it comes when they end. "
        "Answers to what you do yourself always come."
    ).format(hours=hours_text(settings))


def choice_text(settings: PersonalSettings) -> str:
    """Say what can be switched off, and what never is."""
    return "\n\n".join(
        [
            _("📣 <b>What comes to me, and when</b>"),
            _("Tap a category to switch it off or on. Of what is switched off no ordinary announcement comes."),
            _gathering_line(settings),
            _("Urgent news and answers to what you do yourself always come, and at once."),
        ]
    )


def ask_for_start_text() -> str:
    """Ask when they begin."""
    return _("🌙 When do your quiet hours begin?")


def ask_for_end_text(start: int) -> str:
    """Ask when they end."""
    return _("🌙 Your quiet hours begin at: {hour}\nWhen do they end?").format(hour=f"{start:02}:00")


def type_hours_text() -> str:
    """Ask for hours that have no button."""
    return _("✏️ Write your quiet hours, for example 22:30-07:15.")


def no_hours_text() -> str:
    """Answer what are no hours."""
    return _("These are no hours. Write two different times of day, for example 22:30-07:15, or /cancel.")


def kept_toast() -> str:
    """Say that the choice holds."""
    return _("Done.")


def ask_to_unlink_text(person: LinkedPerson) -> str:
    """Say what will stop, before it does."""
    return _(
        "🔓 Unlink this account from <b>{person}</b>?\n\n"
        "After that you cannot order certificates here, and the roles that belong to this link end. "
        "Certificates that you have received stay valid. To come back, you link the account again."
    ).format(person=html.quote(person.full_name))


def unlinked_text(menu: str) -> str:
    """Say that it is done, above the menu of strangers."""
    return "\n\n".join([_("✅ This account is not linked to anybody any more."), menu])


def _sound_line(settings: PersonalSettings) -> str:
    if settings.silent:
        return _("🔕 Sound of messages: only for urgent news and for answers to what you do")
    return _("🔔 Sound of messages: on")


def _gathering_line(settings: PersonalSettings) -> str:
    if settings.gathered:
        return _("🌆 Ordinary messages: together, in the evening")
    return _("⚡️ Ordinary messages: at once")


def _muted_lines(settings: PersonalSettings) -> list[str]:
    muted = [category_name(category) for category in Category if category in settings.muted]
    return [_("📣 Switched off: {categories}").format(categories=", ".join(muted))] if muted else []


def _link_lines(actor: Actor, settings: PersonalSettings, dates: LocalDates) -> list[str]:
    if actor.frozen:
        return [_("🔗 The link of this account is on hold: ask the office named in /help.")]
    if actor.person is None:
        return [_("🔗 This account is not linked to a student or an employee.")]
    person = html.quote(actor.person.full_name)
    lines = [
        _("🔗 Linked to: <b>{person}</b>, No. {number}").format(
            person=person, number=html.quote(actor.person.person_no)
        )
    ]
    if settings.linked_at is not None:
        lines.append(_("Linked since: {moment}").format(moment=dates.moment(settings.linked_at, actor.language)))
    return lines
