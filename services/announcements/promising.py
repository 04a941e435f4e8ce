"""What an announcement must not promise for a survey: that it is anonymous when it is not."""

from services.announcements.dto import Announcement
from services.announcements.sending_ports import SendingUnitOfWork
from services.html import visible_text
from services.questionnaires.wording import says_anonymous


async def promises_too_much(uow: SendingUnitOfWork, draft: Announcement) -> bool:
    """Tell whether a text calls something anonymous while a confidential survey is open or being prepared."""
    texts = (*draft.texts.values(), *draft.content.about.values())
    if not any(says_anonymous(visible_text(text)) for text in texts):
        return False
    return await uow.sendings.has_confidential_survey()
