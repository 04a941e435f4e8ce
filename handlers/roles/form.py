"""What a form for a role holds so far, as it is stored."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from services.access import Role
from services.roles.dto import GrantProposal, HolderKey, Period

_DIGEST = 12  # signs


def proposal_of(form: Mapping[str, Any]) -> GrantProposal:
    """Return what the form proposes."""
    first, last, role = form.get("first"), form.get("last"), form.get("role")
    return GrantProposal(
        holder=HolderKey(person_id=form.get("person"), telegram_id=form.get("account")),
        role=Role(role) if role else None,
        unit=form.get("unit"),
        period=Period(
            first=date.fromisoformat(first) if first else None, last=date.fromisoformat(last) if last else None
        ),
        deputy_of=form.get("deputy_of"),
    )


def draft_of(form: Mapping[str, Any]) -> str:
    """Return a name for what the form proposes, so that a button of another draft is known by it."""
    return hashlib.sha256(json.dumps(form, sort_keys=True).encode()).hexdigest()[:_DIGEST]
