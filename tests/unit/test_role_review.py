"""What an administrator reads before a role is given."""

import pytest

from handlers.roles.texts import review_text
from services.access import Role
from services.languages import Language
from services.roles.dto import Candidate, GrantReview, GrantState, HolderKey, Period
from tests.architecture.wording import AIZADA, DATES, I18N


@pytest.mark.parametrize("needs_code", [True, False])
def test_review_says_that_a_link_without_a_code_is_not_enough(*, needs_code: bool) -> None:
    candidate = Candidate(
        key=HolderKey(person_id=1), person=AIZADA, telegram_id=7001, wrote=True, needs_code=needs_code
    )
    state = GrantState.WAITING if needs_code else GrantState.IN_FORCE
    review = GrantReview(
        candidate=candidate, role=Role.REGISTRAR, unit=None, period=Period(), principal=None, state=state
    )
    with I18N.context(), I18N.use_locale("en"):
        text = review_text(review, Language.EN, DATES)
    assert ("give the person a one-time code, also for the same account" in text) is needs_code
