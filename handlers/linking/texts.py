"""What is said about linking."""

from collections.abc import Mapping

from aiogram import html
from aiogram.utils.i18n import gettext as _

from handlers.common.reader import Reader
from handlers.common.texts import office_line
from handlers.linking.callbacks import RequestField
from services.access import LinkedPerson
from services.languages import Language
from services.link_requests.dto import LinkRequest
from services.link_requests.rules import LONGEST, SHORTEST
from services.university import UniversityCard


def consent_text(university: UniversityCard, version: str, language: Language) -> str:
    """Say what is kept, why, who sees it and how to leave; services.linking.rules.CONSENT_VERSION is its version."""
    lines = [
        _("<b>Your personal data</b>"),
        "",
        _("To link this account, I must keep something about you. Please read this first."),
        _("• What is kept: the number of your Telegram account, your language, and what you ask for here."),
        _("• What is not kept: your telephone number, if you send it; it is only compared."),
        _("• Why: to know who writes, and to give you your own certificates and messages."),
        _("• Who sees it: the Study Office. It is never sold and never shown to strangers."),
        _("• How to leave: unlink the account in /settings. Everything kept about you: /mydata"),
        _("• Questions: {office}").format(office=office_line(university, language)),
        "",
        _("<i>Version of this text: {version}</i>").format(version=version),
    ]
    return "\n".join(lines)


def declined_text() -> str:
    """Answer whoever does not agree."""
    return _("Then this account stays unlinked. You can still check certificates, and agree at any time later.")


def ways_text(university: UniversityCard, language: Language) -> str:
    """Ask for the code, say where it comes from, and that there are other ways."""
    return "\n\n".join(
        [
            _("Write your one-time code (10 characters)."),
            _("The code is given by: {office}").format(office=office_line(university, language)),
            _("No code? Choose another way:"),
        ]
    )


def waiting_text(request: LinkRequest, reader: Reader) -> str:
    """Say that the Study Office was asked."""
    return _(
        "🕓 Your request waits at the Study Office since: {moment}.\nThe answer comes here. If a code comes to you "
        "first, just write it."
    ).format(moment=reader.moment(request.asked_at))


def not_a_code_text() -> str:
    """Answer a text that cannot be a code."""
    return _(
        "This is not a one-time code. It has 10 letters and digits, for example 7K3QX-9MVP2. "
        "Write it once more, or /cancel."
    )


def share_contact_text() -> str:
    """Ask for the contact."""
    return _(
        "Press the button below the input field: Telegram sends me your own number, and I look whether the university "
        "knows it. A number written by hand does not count."
    )


def looking_text() -> str:
    """Say that the contact came, while it is looked up."""
    return _("One moment, please …")


def linked_text(person: LinkedPerson) -> str:
    """Say whom the account belongs to now."""
    return _("✅ This account is now linked to: <b>{person}</b>").format(person=html.quote(person.full_name))


def disowned_text(university: UniversityCard, language: Language) -> str:
    """Say what happens after “this was not me”."""
    return _(
        "🚫 The other account is on hold: it sees nothing of yours and can order nothing. The Study Office has been "
        "told. This account is not linked again by itself: please come with your document, you get a new code: {office}"
    ).format(office=office_line(university, language))


def ask_field_text(field: RequestField) -> str:
    """Ask for one fact of the card."""
    texts = {
        RequestField.NAME: _(
            "An official of the Study Office will compare what you write with the university's records.\n\n"
            "1 of 3. Write your full name, as it stands on your card."
        ),
        RequestField.GROUP: _("2 of 3. Write your group. Staff: your unit or post."),
        RequestField.NUMBER: _("3 of 3. Write the number of your student card. Staff: your personnel number."),
    }
    return texts[field]


def unreadable_text() -> str:
    """Answer what is too short, too long or no text."""
    return _("Please write it as text, {shortest} to {longest} signs in all. /cancel leaves the form.").format(
        shortest=SHORTEST, longest=LONGEST
    )


def summary_text(facts: Mapping[str, str]) -> str:
    """Show what was typed, for the last look."""
    return _("Is this right?\n\nName: <b>{name}</b>\nGroup or post: <b>{group}</b>\nNumber: <b>{number}</b>").format(
        **{field.value: html.quote(facts[field.value]) for field in RequestField}
    )


def withdrawn_text() -> str:
    """Say that the request is taken back."""
    return _("The request is taken back. You can ask again, or choose another way.")
