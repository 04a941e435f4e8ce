"""What is said at the desk of requests."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from services.languages import Language
from services.link_requests.dto import Candidate, Comparison, LinkRequest, RefusalReason, RequestOnDesk
from services.link_requests.rules import LONGEST_REASON
from services.linking.dto import GroupCodes, GroupPreview
from services.people.dto import PersonStatus

_SAME, _OTHER = "✅", "≠"


def nobody_waits_text() -> str:
    """Say that the desk is empty."""
    return _("📭 Nobody waits to be recognised.")


def no_more_text() -> str:
    """Say that the end of the queue is reached."""
    return _("These were all requests that wait.")


def request_text(desk: RequestOnDesk, reader: Reader) -> str:
    """Show what somebody typed, and how many wait."""
    lines = [
        _("<b>Who is this?</b>"),
        "",
        _typed(desk.request),
        _("Asked: {moment}").format(moment=reader.moment(desk.request.asked_at)),
        ngettext("{count} request waits.", "{count} requests wait.", desk.waiting).format(count=desk.waiting),
        "",
        _("Choose a person to compare:") if desk.candidates else _("Nobody in the roster is like that."),
    ]
    return "\n".join(lines)


def comparison_text(comparison: Comparison, language: Language) -> str:
    """Show what was typed beside what the roster knows."""
    facts, candidate, alike = comparison.request.facts, comparison.candidate, comparison.alike
    person = candidate.standing.person
    place = candidate.place.get(language)
    lines = [
        _("<b>The same person?</b>"),
        "",
        _("Name"),
        _pair(facts.name, person.full_name, same=alike.name),
        _("Group or post"),
        _pair(facts.group_name, ", ".join(filter(None, (candidate.group_name, place))), same=alike.group_name),
        _("Number"),
        _pair(facts.person_no, person.person_no, same=alike.person_no),
        "",
        _("Status: {status}").format(status=status_word(candidate.standing.status)),
    ]
    if candidate.linked:
        lines.append(_("⚠️ Another account is linked to this person now; it would lose the link."))
    elif candidate.standing.linked_before:
        lines.append(_("⚠️ An account was linked to this person before."))
    if candidate.standing.holds_roles:
        lines.append(_("⚠️ This person holds roles: only a one-time code links them."))
    lines += ["", _("If in doubt, ask the person to come with a document.")]
    return "\n".join(lines)


def status_word(status: PersonStatus) -> str:
    """Return what a status is called."""
    words = {
        PersonStatus.ACTIVE: _("studies or works"),
        PersonStatus.LEAVE: _("on leave"),
        PersonStatus.EXPELLED: _("expelled"),
        PersonStatus.GRADUATED: _("graduated"),
    }
    return words[status]


def candidate_label(candidate: Candidate, language: Language) -> str:
    """Name a candidate on a button."""
    person = candidate.standing.person
    place = candidate.group_name or candidate.place.get(language)
    return " · ".join(filter(None, (person.full_name, place, person.person_no)))


def accepted_text(comparison_name: str) -> str:
    """Say that the account is linked."""
    return _("✅ Linked. The person who asked is told: {name}").format(name=html.quote(comparison_name))


def ask_reason_text(request: LinkRequest) -> str:
    """Ask why not."""
    question = _(
        "Why is this request refused? Choose, or write the reason (up to {longest} signs); the asker reads it."
    )
    return "\n\n".join([_typed(request), question.format(longest=LONGEST_REASON)])


def reason_label(reason: RefusalReason) -> str:
    """Name a reason on a button."""
    labels = {
        RefusalReason.NUMBER_DIFFERS: _("The number does not match"),
        RefusalReason.NAME_DIFFERS: _("The name does not match"),
        RefusalReason.LINKED_ALREADY: _("Already linked"),
        RefusalReason.COME_IN_PERSON: _("Must come in person"),
    }
    return labels[reason]


def refused_text() -> str:
    """Say that the request is refused."""
    return _("The request is refused. The person who asked is told.")


def ask_group_text() -> str:
    """Ask for the group."""
    return _("Write the name of the group, and I make a sheet with a one-time code for everybody in it.")


def confirm_group_text(group: GroupPreview) -> str:
    """Say what is going to happen."""
    lines = [
        _("Group: <b>{group}</b>").format(group=html.quote(group.group_name)),
        _("In the group: {people}; not linked yet: {unlinked}").format(people=group.people, unlinked=group.unlinked),
        "",
        _(
            "Everybody who is not linked gets a fresh code. ⚠️ Codes that these people were given before and have not "
            "used stop working."
        ),
    ]
    return "\n".join(lines)


def sheet_caption(codes: GroupCodes, reader: Reader) -> str:
    """Accompany the sheet."""
    count = len(codes.codes)
    lines = [
        _("Group: <b>{group}</b>").format(group=html.quote(codes.group_name)),
        ngettext("{count} code on the sheet.", "{count} codes on the sheet.", count).format(count=count),
        _("Valid until: {moment}").format(moment=reader.moment(codes.expires_at)),
        _("Print it, cut it along the lines, give everybody their own strip. The sheet is kept nowhere else."),
    ]
    return "\n".join(lines)


def sheet_sent_text() -> str:
    """Stand where the button was."""
    return _("The sheet is below. If you need it again, make a new one: these codes stop working then.")


def released_text() -> str:
    """Say that the account may go on."""
    return _("🔓 The hold is lifted. The account is told.")


def _typed(request: LinkRequest) -> str:
    facts = request.facts
    return _("Name: <b>{name}</b>\nGroup or post: <b>{group}</b>\nNumber: <b>{number}</b>").format(
        name=html.quote(facts.name), group=html.quote(facts.group_name), number=html.quote(facts.person_no)
    )


def _pair(typed: str, stored: str, *, same: bool) -> str:
    return f"{_SAME if same else _OTHER} {html.quote(typed)} | <b>{html.quote(stored or '–')}</b>"
