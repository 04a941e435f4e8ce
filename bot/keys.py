"""Which key signs, by the settings."""

from datetime import datetime

from bot.documents.signing import SigningKey, open_key
from bot.documents.university_model import University
from bot.settings import Settings


def open_signing_key(settings: Settings, university: University, now: datetime) -> SigningKey:
    """Return the key of SIGNING_P12, or that of the generated authority under DATA_DIR."""
    password = settings.signing_password.get_secret_value()
    return open_key(settings.signing_p12, password, settings.data_dir, university, now=now)
