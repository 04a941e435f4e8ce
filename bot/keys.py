"""Which key signs, by the settings and by the register."""

import logging
from datetime import datetime

from bot.documents.signing import SigningKey, SigningKeyError, open_key
from bot.documents.university_model import University
from bot.settings import Settings
from services.certificates.ports import SigningKeyInfo
from services.keys.errors import KeyIsInvalid
from services.keys.service import KeyService

logger = logging.getLogger(__name__)

#: The way out of a key that was declared invalid.
MAKE_ANOTHER = "make another with `kabarchy key rotate`, or put a new one into SIGNING_P12, and start again"


def open_signing_key(settings: Settings, university: University, now: datetime) -> SigningKey:
    """Return the key of SIGNING_P12, or that of the generated authority under DATA_DIR."""
    password = settings.signing_password.get_secret_value()
    return open_key(settings.signing_p12, password, settings.data_dir, university, now=now)


async def enter_signing_key(keys: KeyService, key: SigningKeyInfo) -> None:
    """Enter the key that is to sign.

    Raises:
        SigningKeyError: it was declared invalid; the message is for the operator.
    """
    try:
        await keys.enter(key)
    except KeyIsInvalid as error:
        raise SigningKeyError(invalid_text(error.fingerprint, error.since)) from error


async def watch_signing_key(keys: KeyService, key: SigningKeyInfo) -> None:
    """Say in the log why nothing is printed any more, if the key was declared invalid meanwhile."""
    since = await keys.find_invalid_since(key.fingerprint)
    if since is not None:
        logger.error("nothing is printed here: %s", invalid_text(key.fingerprint, since))


def invalid_text(fingerprint: str, since: datetime) -> str:
    """Say that a key signs no more, and what to do."""
    return (
        f"the signing key {fingerprint[:16]} was declared invalid from {since:%Y-%m-%d %H:%M} UTC on and signs no "
        f"more; {MAKE_ANOTHER}"
    )
