"""Which file a parameter means: an upload of this call or one that Telegram has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import PHOTO_LIMIT, UPLOAD_LIMIT, StoredFile, document, photo_sizes, picture_size
from bot.sandbox.methods.call import ApiCall

_ATTACHED = "attach://"


def attachment(call: ApiCall, kind: str, reference: str) -> dict[str, Any]:
    """The fields of a message that shows the file: ``{"document": …}`` or ``{"photo": […]}``.

    Raises:
        ApiError: an unknown file, one of another kind, an empty or too large upload.
    """
    stored = _stored(call, kind, reference)
    return {"photo": photo_sizes(stored)} if kind == "photo" else {"document": document(stored)}


def _stored(call: ApiCall, kind: str, reference: str) -> StoredFile:
    upload = call.uploads.get(reference.removeprefix(_ATTACHED)) if reference.startswith(_ATTACHED) else None
    if upload is None:
        known = call.world.files.find(reference)
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        if known.kind != kind:
            raise bad_request(f"can't use file of type {known.kind.capitalize()} as {kind.capitalize()}")
        return known
    size = len(upload.content)
    if size == 0:
        raise bad_request("file must be non-empty")
    if size > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo":
        if size > PHOTO_LIMIT:
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
            )
        if picture_size(upload.content) is None:
            raise bad_request("IMAGE_PROCESS_FAILED")
    return call.world.files.add(kind, upload.name, upload.content, mime=_mime(upload.mime))


def _mime(declared: str) -> str:
    return "" if declared == "application/octet-stream" else declared


def upload_names(params: Mapping[str, Any], uploads: Mapping[str, Any]) -> dict[str, str]:
    """References for files sent under a parameter's own name instead of ``attach://``."""
    return {name: _ATTACHED + name for name in uploads if name in {"document", "photo"} and name not in params}
