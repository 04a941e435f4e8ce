"""The keys of open surveys: one file each in SURVEY_KEY_DIR, readable by the program's user alone."""

import base64
import hashlib
import os
from pathlib import Path

from services.surveys.errors import SurveyKeyUnusable
from services.surveys.sealing import new_private_key, public_key_of

_OWNER_ONLY = 0o600
_OWNER_ONLY_DIR = 0o700


class SurveyKeyFiles:
    """Implements `services.surveys.ports.SurveyKeys`; the folder is the same for all processes of the bot."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Return where the keys lie."""
        return self._folder

    def create(self, survey_id: int) -> bytes:
        """Make a key, on the disk before this returns; its public half goes to the database."""
        private = new_private_key()
        public = public_key_of(private)
        try:
            self._folder.mkdir(mode=_OWNER_ONLY_DIR, parents=True, exist_ok=True)
            self._write(self.path_of(survey_id, public), base64.b64encode(private))
        except OSError as error:
            raise SurveyKeyUnusable(f"{self._folder}: {error.strerror}") from error
        return public

    def find(self, survey_id: int, public_key: bytes) -> bytes | None:
        """Return the private key if this machine has it, whole and matching."""
        try:
            private = base64.b64decode(self.path_of(survey_id, public_key).read_bytes(), validate=True)
            return private if public_key_of(private) == public_key else None
        except (OSError, ValueError):
            return None

    def delete(self, survey_id: int, public_key: bytes) -> bool:
        """Delete a key; its bytes are overwritten first, where the disk does that in place. False: there was none."""
        path = self.path_of(survey_id, public_key)
        try:
            size = path.stat().st_size
            with path.open("r+b") as file:
                file.write(os.urandom(size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise SurveyKeyUnusable(f"{path}: {error.strerror}") from error
        return True

    def path_of(self, survey_id: int, public_key: bytes) -> Path:
        """Return where a survey's key lies, or would lie."""
        return self._folder / f"survey-{survey_id}-{hashlib.sha256(public_key).hexdigest()[:16]}.key"

    def _write(self, path: Path, content: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
