"""The machine and the addresses: DATA_DIR, PUBLIC_URL, the webhook."""

import os
import tempfile
from pathlib import Path

from bot.cli.checks.finding import Finding, bad, good, note
from bot.settings import Settings


def check_data_dir(settings: Settings) -> Finding:
    """Can files be written under DATA_DIR?"""
    subject, folder = "data directory", settings.data_dir
    try:
        if not folder.exists():
            return _check_parent(subject, folder.absolute())
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-"):
            return good(subject, f"{folder} can be written")
    except OSError as error:
        return bad(subject, f"{folder}: {error.strerror}", "set DATA_DIR to a folder that kabarchy may write")


def check_addresses(settings: Settings) -> list[Finding]:
    """Do PUBLIC_URL and WEBHOOK_SECRET fit together?"""
    secret = settings.webhook_secret.get_secret_value()
    return [_check_public_url(settings.public_url), _check_webhook(settings, secret)]


def _check_parent(subject: str, folder: Path) -> Finding:
    parent = next(step for step in folder.parents if step.exists())
    if parent.is_dir() and os.access(parent, os.W_OK | os.X_OK):
        return good(subject, f"{folder} will be made")
    return bad(subject, f"{folder} cannot be made in {parent}", "set DATA_DIR to a folder that kabarchy may write")


def _check_public_url(address: str) -> Finding:
    subject = "public address"
    if not address:
        return note(subject, "PUBLIC_URL is empty: QR codes hold the bot's t.me link")
    if not address.startswith("https://"):
        return note(subject, f"{address} is not https: good for a trial only")
    return good(subject, address)


def _check_webhook(settings: Settings, secret: str) -> Finding:
    subject = "webhook"
    if not secret:
        return note(subject, "WEBHOOK_SECRET is empty: updates are fetched by long polling")
    if not settings.public_url:
        return bad(subject, "WEBHOOK_SECRET is set without PUBLIC_URL", "set PUBLIC_URL or empty WEBHOOK_SECRET")
    official = settings.telegram_api_url == "https://api.telegram.org"
    if official and not settings.public_url.startswith("https://"):
        return bad(subject, "Telegram brings updates to https addresses only", "make PUBLIC_URL an https address")
    return good(subject, "updates arrive by webhook")
