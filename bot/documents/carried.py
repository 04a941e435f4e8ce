"""What a certificate carries inside its signed bytes for machines: the order that it was made from.

It stands among the keywords of the PDF as `kabarchy-order:` and base64url of compressed JSON, so that a certificate
that the register has lost can be entered again from its file. Compressed, for PDF/A allows no text above 32,767
signs, and a table of grades is long.
"""

import base64
import json
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from services.certificates.dto import PaperOrder, Replaced
from services.languages import Language

_MARK: Final = "kabarchy-order:"


def written(order: PaperOrder) -> str:
    """Return the order as it stands in the file."""
    document = {
        "kind": order.kind,
        "language": order.language.value,
        "number": order.number,
        "code": order.code,
        "issued_on": order.issued_on.isoformat(),
        "valid_until": order.valid_until.isoformat() if order.valid_until else None,
        "facts": dict(order.facts),
        "replaces": [order.replaces.number, order.replaces.issued_on.isoformat()] if order.replaces else None,
    }
    compact = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return _MARK + base64.urlsafe_b64encode(zlib.compress(compact.encode(), 9)).decode()


def read(keywords: str) -> PaperOrder | None:
    """Return the order that a file carries among its keywords; None for a file without one."""
    _before, found, rest = keywords.partition(_MARK)
    if not found:
        return None
    try:
        packed = base64.urlsafe_b64decode(rest.partition(",")[0].strip())
        return _order(json.loads(zlib.decompress(packed)))
    except (ValueError, KeyError, TypeError, zlib.error):
        return None


def _order(document: Mapping[str, Any]) -> PaperOrder:
    valid_until, replaces = document["valid_until"], document["replaces"]
    return PaperOrder(
        kind=document["kind"],
        language=Language(document["language"]),
        number=document["number"],
        code=document["code"],
        issued_on=date.fromisoformat(document["issued_on"]),
        valid_until=date.fromisoformat(valid_until) if valid_until else None,
        facts=dict(document["facts"]),
        replaces=Replaced(id=0, number=replaces[0], issued_on=date.fromisoformat(replaces[1])) if replaces else None,
    )
