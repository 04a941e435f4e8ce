"""The desks of officials: who may sit at which, and where it is."""

from collections.abc import Callable
from dataclasses import dataclass

from aiogram.utils.i18n import gettext as _

from handlers.common.callbacks import Place
from services.access import OFFICIALS, Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A place for whoever holds one of the roles; `label` is asked in the reader's language.

    `of_a_unit`: the role in a single unit opens it as well.
    """

    place: Place
    roles: frozenset[Role]
    label: Callable[[], str]
    of_a_unit: bool = False

    def is_open_to(self, actor: Actor) -> bool:
        """Tell whether the actor may sit here."""
        if self.of_a_unit and not actor.frozen:
            return any(grant.role in self.roles for grant in actor.grants)
        return any(actor.has(role) for role in self.roles)


_ADMIN = frozenset({Role.ADMIN})

#: In the order in which they are shown.
DESKS = (
    Desk(place=Place.STUDY_OFFICE, roles=OFFICIALS, label=lambda: _("🎓 Study Office")),
    Desk(
        place=Place.REPORTS,
        roles=frozenset({Role.ADMIN, Role.REGISTRAR}),
        label=lambda: _("✏️ Corrections asked for"),
        of_a_unit=True,
    ),
    Desk(
        place=Place.CERTIFICATE_DESK,
        roles=frozenset({Role.ADMIN, Role.REGISTRAR}),
        label=lambda: _("📥 Certificate requests"),
        of_a_unit=True,
    ),
    Desk(
        place=Place.EDITORS_DESK,
        roles=frozenset({Role.ADMIN, Role.EDITOR, Role.APPROVER}),
        label=lambda: _("📣 Announcements: drafts, approvals"),
        of_a_unit=True,
    ),
    Desk(
        place=Place.PLAN,
        roles=frozenset({Role.UNIT_HEAD, Role.UNIT_STAFF}),
        label=lambda: _("📋 Work plan"),
        of_a_unit=True,
    ),
    Desk(
        place=Place.PLAN_DESK,
        roles=frozenset({Role.ADMIN, Role.PLAN_COORDINATOR}),
        label=lambda: _("🗓 Plans"),
    ),
    Desk(
        place=Place.PLAN_FIGURES,
        roles=frozenset({Role.ADMIN, Role.PLAN_COORDINATOR, Role.UNIT_HEAD}),
        label=lambda: _("📊 How plans stand"),
        of_a_unit=True,
    ),
    Desk(
        place=Place.PLAN_CALENDARS,
        roles=frozenset({Role.UNIT_HEAD, Role.UNIT_STAFF}),
        label=lambda: _("🗓 Calendar of my unit"),
        of_a_unit=True,
    ),
    Desk(
        place=Place.SURVEY_DESK,
        roles=frozenset({Role.ADMIN, Role.SURVEY_MANAGER}),
        label=lambda: _("📝 Surveys: questionnaires, opening"),
    ),
    Desk(
        place=Place.QUESTIONNAIRES,
        roles=frozenset({Role.ADMIN, Role.SURVEY_MANAGER}),
        label=lambda: _("🧩 Questionnaires"),
    ),
    Desk(
        place=Place.SURVEY_REPORTS,
        roles=frozenset({Role.UNIT_HEAD, Role.UNIT_STAFF}),  # managers come from their own desk
        label=lambda: _("📊 What surveys found"),
        of_a_unit=True,
    ),
    Desk(place=Place.TRUST_DESK, roles=frozenset({Role.TRUST_OFFICER}), label=lambda: _("🗓 My times for talks")),
    Desk(place=Place.REQUESTS, roles=OFFICIALS, label=lambda: _("🙋 Requests to be linked")),
    Desk(place=Place.ROSTER, roles=_ADMIN, label=lambda: _("📥 Roster")),
    Desk(place=Place.ROLES, roles=_ADMIN, label=lambda: _("🔑 Roles")),
    Desk(place=Place.CHANNELS, roles=_ADMIN, label=lambda: _("📣 Channels and groups")),
    Desk(place=Place.WORKDAYS, roles=_ADMIN, label=lambda: _("📅 Working days")),
)


def desks_of(actor: Actor) -> list[Desk]:
    """Return the desks that the actor's roles open."""
    return [desk for desk in DESKS if desk.is_open_to(actor)]
