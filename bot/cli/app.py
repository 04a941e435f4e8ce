"""All commands, put together."""

import typer

from bot.cli import (
    announce,
    announcement,
    audience,
    backup,
    certificate,
    demo,
    doctor,
    expiring,
    key,
    migrate,
    plan,
    restore,
    resume_issuing,
    resume_sending,
    role,
    roster,
    run,
    survey,
    units,
    workdays,
)


def create_app() -> typer.Typer:
    """Return the command line."""
    app = typer.Typer(
        name="kabarchy",
        help="Kabarchy, the university's messenger in Telegram. Settings: environment or .env (see .env.example).",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for group in (
        run, demo, migrate, doctor, units, roster, role, certificate, key, audience, announce, announcement,
        workdays, expiring, plan, survey, backup, restore, resume_sending, resume_issuing,
    ):  # fmt: skip
        group.add_to(app)
    return app
