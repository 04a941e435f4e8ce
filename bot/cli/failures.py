"""What went wrong, in one line for the operator."""

# ruff: noqa: PLC0415 -- heavy modules are loaded by the command that needs them

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from services.errors import Refusal

Sentences = dict[type[Refusal], Callable[[Any], str]]

if TYPE_CHECKING:
    from services.roles.dto import Period
    from services.tables.dto import TableFault

#: Failures whose own text is for the operator; by name, for a failure must not cost the loading of all their modules.
FORESEEN = frozenset(
    {
        "bot.documents.signing.SigningKeyError",
        "bot.documents.university.UniversityFileError",
        "bot.program.WebhookRefused",
        "bot.settings.SettingsError",
        "services.db.databases.DatabasesError",
        "services.db.dumping.DumpError",
        "services.db.embedded.EmbeddedPostgresError",
        "services.db.engine.DatabaseUrlError",
        "services.db.schema.OtherDatabaseError",
    }
)


class CommandFailed(Exception):  # noqa: N818 -- states a fact
    """A command ends here; the text is the line that the operator reads."""


def explain(error: Exception) -> str | None:
    """Return the operator's line for a failure that was foreseen, None for any other."""
    if isinstance(error, Refusal):
        return _of_features(error) or _refusal(error)
    if isinstance(error, CommandFailed) or _name(error) in FORESEEN:
        return _one_line(str(error))
    return None


def _name(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__name__}"


def _of_features(refusal: Refusal) -> str | None:
    from bot.cli import announcement_refusals, survey_refusals

    sentence = {**announcement_refusals.SENTENCES, **survey_refusals.SENTENCES}.get(type(refusal))
    return _one_line(sentence(refusal)) if sentence is not None else None


def _refusal(refusal: Refusal) -> str:
    from services.delivery.halting import NotHalted
    from services.linking import errors as linking
    from services.people import errors as people
    from services.units.errors import UnitsUnreadable

    sentences: Sentences = {
        people.RosterUnreadable: lambda it: _fault(it.fault),
        people.TooManyRemovals: lambda it: (
            f"{it.removed} of {it.present} people ({it.kind}) are not in the file; if that is right, "
            "repeat with --allow-removals"
        ),
        people.ImportUndone: _import_undone,
        people.UnknownPerson: lambda it: f"nobody in the roster has the number {it.person_no}",
        linking.PersonAbsent: lambda it: (
            f"the person with the number {it.person_no} is no longer in the roster (absent from the last import), so "
            "there is nobody to link"
        ),
        linking.UnknownGroup: _unknown_group,
        linking.GroupLinked: lambda it: f"everybody of the group {it.group_name} is linked already",
        NotHalted: lambda _: "Sending is not halted",
        **_of_the_register(),
        UnitsUnreadable: lambda it: _fault(it.fault) if it.fault else it.reason,
        **_of_roles(),
        **_of_keys(),
        **_of_workdays(),
        **_of_audiences(),
        **_of_batches(),
        **_of_plan_files(),
    }
    for kind, sentence in sentences.items():
        if isinstance(refusal, kind):
            return _one_line(sentence(refusal))
    return _one_line(type(refusal).__doc__ or type(refusal).__name__)


def _of_workdays() -> Sentences:
    from services.workdays import errors as workdays

    return {
        workdays.NoSuchChange: lambda it: f"nothing is noted about {it.day}",
        workdays.DayOutOfReach: lambda it: f"only days from {it.first} to {it.last} can be noted",
        workdays.SourceNeeded: lambda _: "--source names nothing; it is the order or decree that says so",
        workdays.SourceTooLong: lambda it: f"the source is too long: at most {it.limit} signs",
        workdays.DecidedLater: lambda _: "the day of the decision lies in the future",
        workdays.ChangesUnreadable: lambda it: _fault(it.fault) if it.fault else it.reason,
    }


def _of_the_register() -> Sentences:
    from services.certificates import errors as certificates
    from services.register import errors as register

    return {
        certificates.FileNotOurs: lambda _: "the file is no PDF with a signature of ours",
        certificates.FileAltered: lambda _: "the file was changed after it was signed",
        certificates.KeyNotTrusted: lambda _: (
            "the key that signed the file was not valid then, or somebody else may have it"
        ),
        certificates.FileCarriesNothing: lambda _: (
            "the file is ours, but does not carry what it says for machines, as those printed by older versions"
        ),
        certificates.UnknownHolder: lambda it: f"nobody has the number {it.person_no}",
        certificates.NumberTaken: lambda it: (
            f"the register has the number {it.number}, or its code, with another file or for somebody else"
        ),
        register.IssuingNotHalted: lambda _: "Issuing is not halted",
        register.NumberUnreadable: lambda it: f"{it.text} is no number of a certificate, like 2026-00124",
        register.NumberOfAnotherYear: lambda it: (
            f"no numbers of {it.year} are given now; name the next one of this year"
        ),
        register.NumberGivenAlready: lambda it: (
            f"the register knows the number {it.last}; name a greater one, behind every number that was given"
        ),
        register.NobodyToErase: lambda it: f"nobody in the roster has the number {it.person_no}",
        register.NoSuchHead: lambda _: "a head has 64 hexadecimal digits",
    }


def _of_roles() -> Sentences:
    from services.roles import errors as roles

    return {
        roles.UnknownHolder: lambda it: f"{it.text} is neither a number of the roster nor a Telegram id",
        roles.AmbiguousHolder: lambda it: (
            f"{it.text} is both a number of the roster and the Telegram id of an account; link the person first"
        ),
        roles.UnknownUnit: lambda it: f"no unit has the code {it.code}",
        roles.RoleNotHeld: lambda _: "the role is not held, so there is nothing to revoke",
        roles.RoleHeldAlready: lambda it: (
            f"the role is held already{_days(it.period)}; to change its days, revoke it first"
        ),
        roles.UnitNeeded: lambda it: f"{it.role.value} is the role of one unit; name it with --unit CODE",
        roles.WrongPeriod: lambda _: "--to lies before --from",
        roles.PeriodIsOver: lambda it: f"--to {it.last} is past already",
    }


def _of_keys() -> Sentences:
    from services.keys import errors as keys
    from services.timestamps import errors as timestamps

    return {
        keys.UnknownKey: lambda it: f"no key has the fingerprint {it.fingerprint}; `kabarchy key list` shows all",
        keys.AmbiguousKey: lambda it: f"several keys begin with {it.fingerprint}: {', '.join(it.matches)}",
        keys.NotYetInvalid: lambda it: f"--since lies in the future ({it.since:%Y-%m-%d %H:%M} UTC)",
        timestamps.NoSuchPaper: lambda _: "no certificate in the register has this code",
        timestamps.NeverWanted: lambda it: (
            f"certificate {it.number} was signed while no TSA_URL was set, or is not printed yet; it has no time stamp"
        ),
        timestamps.NotYetStamped: _not_yet_stamped,
    }


def _not_yet_stamped(refusal: Any) -> str:  # noqa: ANN401 -- its class is loaded by whoever met it
    again = f"; asked again at {refusal.next_at:%Y-%m-%d %H:%M} UTC" if refusal.next_at else ""
    return f"certificate {refusal.number} has no time stamp yet ({refusal.attempts} attempts in vain{again})"


def _import_undone(refusal: Any) -> str:  # noqa: ANN401 -- its class is loaded by whoever met it
    return (
        f"the newest import was undone already; the one before it, of {refusal.imported_at:%Y-%m-%d %H:%M} UTC, is "
        f"undone with --import {refusal.import_id}"
    )


def _unknown_group(refusal: Any) -> str:  # noqa: ANN401 -- its class is loaded by whoever met it
    similar = f"; similar: {', '.join(refusal.similar)}" if refusal.similar else ""
    return f"nobody studies in a group named {refusal.group_name}{similar}"


def _of_audiences() -> Sentences:
    from services.audience import errors as audience

    return {
        audience.AudienceUnreadable: _audience,
        audience.AudienceUnknown: lambda it: (
            f"nothing in the university answers to {' '.join(it.terms)}, so nobody can tell who is meant"
        ),
        audience.ListUnreadable: lambda it: (
            _fault(it.fault) if it.fault else f"the number in row {it.row} cannot be trusted; write it there as a text"
        ),
        audience.ListNameUnusable: lambda it: (
            f"no list can be called {it.name or 'nothing'}: a name has 1 to 100 signs and no quotation marks"
        ),
        audience.ListEmpty: lambda _: "nobody in the roster has any of these numbers, so there is no list",
    }


def _of_batches() -> Sentences:
    from services.batches import errors as batches
    from services.certificates import errors as certificates

    return {
        batches.FactNotTyped: lambda it: (
            f"nobody is asked for {it.name} in this kind; possible: {', '.join(it.names) or 'nothing'}"
        ),
        batches.BatchListUnreadable: lambda it: (
            _fault(it.fault) if it.fault else f"row {it.row} has no number, or a cell that cannot be trusted"
        ),
        batches.NobodyInBatch: lambda _: "nobody is in such a group, or the list is empty",
        batches.BatchTooLong: lambda it: f"these are too many people for one batch; {it.limit} at most",
        batches.NobodyCanHaveIt: lambda _: "nobody of them can have this certificate, so nothing was issued",
        batches.BatchDiffers: lambda _: "the roster has changed in this moment, so nothing was issued; repeat it",
        batches.NoSuchBatch: lambda _: "there is no such batch",
        certificates.KindNotOffered: lambda _: "UNIVERSITY_FILE has no such kind",
        certificates.LanguageNotOffered: lambda _: "the kind is not issued in this language",
    }


def _of_plan_files() -> Sentences:
    from services.plan_files.errors import PlanFileUnreadable
    from services.plan_import import errors as plans

    return {
        PlanFileUnreadable: _plan_file,
        plans.OtherYear: lambda it: (
            f"the file's own title names {it.printed}, not {it.asked}; if {it.asked} is right, repeat with --other-year"
        ),
        plans.PlanClosed: lambda _: "this plan is closed",
    }


def _plan_file(refusal: Any) -> str:  # noqa: ANN401 -- its class is loaded by whoever met it
    from bot.cli.english import in_english

    with in_english():
        from bot.refusals.plan_files import plan_fault_text

        return plan_fault_text(refusal)


def _audience(refusal: Any) -> str:  # noqa: ANN401 -- its class is loaded by whoever met it
    from services.audience.dto import TermFault

    sentences = {
        TermFault.EMPTY: "the audience is empty; everybody is `all`",
        TermFault.TOO_LONG: "the audience is too long; bring a list of the people instead",
        TermFault.BARE_WORD: f"{refusal.term} in the audience is no term; a term is KEY:VALUE, such as role:student",
        TermFault.UNKNOWN_KEY: f"{refusal.term} in the audience begins with a word that means nothing here",
        TermFault.NO_VALUE: f"{refusal.term} in the audience lacks a value",
        TermFault.IMPOSSIBLE_VALUE: f"{refusal.term} in the audience has a value that cannot be",
        TermFault.OPEN_QUOTE: f"the audience has a quotation mark that is not closed: {refusal.term}",
        TermFault.NOBODY: f"{refusal.term} in the audience leaves nobody",
        TermFault.ACCOUNT: f"{refusal.term} in the audience names accounts, which a unit cannot",
    }
    possible = f"; possible: {', '.join(refusal.allowed)}" if refusal.allowed else ""
    return f"{sentences[refusal.reason]}{possible}"


def _days(period: "Period") -> str:
    first = f" from {period.first}" if period.first else ""
    return f"{first} until {period.last}" if period.last else first


def _fault(fault: "TableFault") -> str:
    from bot.cli.english import in_english

    with in_english():
        from handlers.roster.problems import fault_text

        return fault_text(fault)


def _one_line(text: str) -> str:
    return " ".join(text.split())
