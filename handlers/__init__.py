"""The conversation: one folder a feature, the same file names everywhere. Here stands the routing table."""

from aiogram import Router

from handlers.certificates import router as certificates
from handlers.common import fallback
from handlers.common import router as common
from handlers.language import router as language
from handlers.linking import router as linking
from handlers.membership import router as membership
from handlers.roster import router as roster
from handlers.start import router as start
from handlers.verification import router as verification


def create_root_router() -> Router:
    """Return a new tree of handlers; the order of the features is stated here and nowhere else."""
    root = Router(name="root")
    root.include_routers(
        start.create_router(),
        common.create_router(),
        membership.create_router(),
        language.create_router(),
        certificates.create_router(),
        linking.create_router(),
        roster.create_router(),
        verification.create_router(),
        fallback.create_router(),
    )
    return root
