"""Whatever is changed in a signed file, the verdict never says that it is the one that was issued."""

from collections import Counter
from collections.abc import AsyncIterator
from itertools import islice
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlalchemy import URL

from bot.documents.signing import load_p12
from bot.press import Press
from services.certificates.dto import VerdictKind
from services.db.engine import create_engine
from services.languages import Language
from tests.support import database
from tests.support.clock import StandingClock
from tests.support.mutations import Original, mutations
from tests.support.website import Website, website
from tests.unit.documents.test_signing import PASSWORD, bundle, certificate_for

_MUTATIONS = 252  # each way twelve times
_SEED = 20261122
_FOUND_OUT = {VerdictKind.ALTERED, VerdictKind.UNKNOWN, VerdictKind.UNREADABLE}


@pytest.fixture
async def site_with_rsa(postgres: URL, template_database: str) -> AsyncIterator[Website]:
    """The office of a university that signs with a key of another sort."""
    key = rsa.generate_private_key(65537, 2048)
    press = Press(load_p12(bundle(key, certificate_for(key)), PASSWORD))
    async with database.clone(postgres, template_database) as url:
        engine = create_engine(url)
        async with website(engine, StandingClock(), press) as running:
            yield running
        await engine.dispose()
    press.close()


async def changed_files_are_found_out(site: Website) -> None:
    issued, other = await site.issue(), await site.issue(language=Language.RU)
    verify = site.container.given.verification.verify_file
    assert (await verify(issued.pdf)).kind is VerdictKind.VALID

    verdicts: Counter[VerdictKind] = Counter()
    changes = mutations(Original(issued.pdf, other.pdf), Random(_SEED))  # noqa: S311 -- the same changes at every run
    for way, changed in islice(changes, _MUTATIONS):
        verdict = (await verify(changed)).kind
        assert verdict in _FOUND_OUT, way
        verdicts[verdict] += 1
    assert verdicts.keys() == _FOUND_OUT, "every way of being found out is there"


async def test_no_changed_file_is_said_to_be_as_it_was_issued(site: Website) -> None:
    await changed_files_are_found_out(site)


async def test_nor_is_one_that_was_signed_with_rsa(site_with_rsa: Website) -> None:
    await changed_files_are_found_out(site_with_rsa)
