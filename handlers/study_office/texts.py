"""What officials read at the Study Office."""

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.reader import Reader
from handlers.study_office.card import corrected_line, lacking_line
from handlers.study_office.facts import (
    LENGTHS,
    cut,
    fact_name,
    fact_value,
    first_that_fits,
    status_name,
)
from services.access import LinkedPerson
from services.codes import printed_code
from services.corrections.dto import Correction, Fact, FactForm, FactQuestion, ProposedCorrection
from services.linking.dto import IssuedLinkCode
from services.study_office.dto import FoundPerson, PersonCard, SearchPage


def desk_text() -> str:
    """Say what can be typed here."""
    return _(
        "🎓 <b>Study Office</b>\n\nWrite a name, a number, a study group, a phone or the number of a certificate. "
        "The beginning of a word is enough. To look for somebody else, just write again."
    )


def results_text(found: SearchPage, reader: Reader) -> str:
    """List whom the search found."""
    if not found.people:
        return _(
            "Nobody was found: “{text}”.\n\nCheck the spelling, or write only the beginning of the surname, "
            "the number or the study group."
        ).format(text=html.quote(found.text))
    if found.counted:
        heading = ngettext("{number} person was found", "{number} people were found", found.total)
    else:
        heading = _("More than {number} people were found; write more of the name")
    lines = [heading.format(number=found.total), ""]
    for place, person in enumerate(found.people, start=1):
        lines += [f"{place}. <b>{html.quote(cut(person.full_name, LENGTHS[1]))}</b>", _person_line(person, reader)]
    return "\n".join(lines)


def _person_line(person: FoundPerson, reader: Reader) -> str:
    what = person.group_name or person.post.get(reader.language) or person.post.ky or person.post.ru
    status = status_name(person.kind, person.status, absent=person.absent)
    return " · ".join(html.quote(cut(part, LENGTHS[1])) for part in (person.person_no, what, status) if part)


def facts_text(card: PersonCard, *, missing: bool) -> str:
    """Ask which fact is to be entered."""
    lines = [f"<b>{html.quote(card.name)}</b>"]
    if missing:
        lines += [lacking_line(lacking) for lacking in card.lacking]
        lines += ["", _("Which of them do you know?")]
    else:
        lines += ["", _("Which fact is to be corrected? What you enter stays when the roster is imported again.")]
    lines.append(
        _("The number, the status, the unit, the year of study and the study group come from the university's system.")
    )
    return "\n".join(lines)


def ask_for_value_text(question: FactQuestion, reader: Reader) -> str:
    """Ask for a fact."""
    hints = {
        FactForm.LATIN: _("Write the name as it stands in the passport, in Latin letters."),
        FactForm.ENGLISH: _("Write it in English."),
        FactForm.DATE: _("Write the date, for example 01.09.2026."),
        FactForm.CHOICE: _("Choose:"),
        FactForm.PHONE: _("Write the phone number, for example +996 555 12 34 56."),
        FactForm.EMAIL: _("Write the e-mail address."),
        FactForm.GROUPS: _("Write all groups as the roster has them, with semicolons between them."),
        FactForm.TEXT: _("Write it as it must stand on paper."),
    }
    lines = [
        f"<b>{html.quote(question.person_name)}</b>",
        _("{fact}, known now: {value}").format(
            fact=fact_name(question.fact), value=fact_value(question.fact, question.value, reader)
        ),
        "",
        hints[question.form],
    ]
    return "\n".join(lines)


def proposal_text(proposed: ProposedCorrection, reader: Reader) -> str:
    """Show the old value and the new one."""
    fact = proposed.fact
    return _("<b>{person}</b>\n{fact}\n\nuntil now: {old}\nfrom now on: <b>{new}</b>\n\nIs this right?").format(
        person=html.quote(proposed.person_name),
        fact=fact_name(fact),
        old=fact_value(fact, proposed.old, reader),
        new=fact_value(fact, proposed.new, reader),
    )


def saved_note(fact: Fact) -> str:
    """Say that a fact was written."""
    return _("✅ Saved: {fact}").format(fact=fact_name(fact))


def corrections_text(name: str, corrections: tuple[Correction, ...], reader: Reader) -> str:
    """List what officials know better."""
    if not corrections:
        return _("<b>{person}</b>\nNo fact is corrected here: all is as the source says.").format(
            person=html.quote(name)
        )
    heading = _("<b>{person}</b>\nCorrected facts:").format(person=html.quote(cut(name, LENGTHS[1])))
    advice = _("A correction can be taken back; then the fact is again what the source says.")
    lists = ([corrected_line(correction, reader, longest) for correction in corrections] for longest in LENGTHS)
    return first_that_fits("\n".join([heading, "", *lines, "", advice]) for lines in lists) or heading


def withdrawn_note(fact: Fact) -> str:
    """Say that a fact is again what the source says."""
    return _("✅ As in the source again: {fact}").format(fact=fact_name(fact))


def code_text(issued: IssuedLinkCode, link: str, reader: Reader) -> str:
    """Show a fresh one-time code; it is shown once."""
    return _(
        "🔑 <b>{person}</b>\nOne-time code: {code}\nLink: {link}\nValid until: {moment}\n\n"
        "Give it only to this person, into their own hands: whoever uses it first is linked. It is shown once; "
        "codes given earlier have stopped working."
    ).format(
        person=html.quote(issued.person.full_name),
        code=html.code(printed_code(issued.code)),
        link=html.code(html.quote(link)),
        moment=reader.moment(issued.expires_at),
    )


def ask_to_unlink_text(person: LinkedPerson) -> str:
    """Ask once more."""
    return _(
        "✂️ Part <b>{person}</b> from their Telegram account?\n\nThe account then opens nothing of theirs, and roles "
        "that were given to the person end with it. To come back, the person needs a new one-time code."
    ).format(person=html.quote(person.full_name))


def unlinked_note() -> str:
    """Say that it is done."""
    return _("✅ The account is unlinked.")


def out_of_date_note() -> str:
    """Answer a button whose screen is not the newest."""
    return _("⏳ That screen was out of date; nothing was changed.")
