"""What stands in the column of statuses of a plan's own Word file."""

from bot.documents.plan_words import plan_words, short_day
from services.plan_files.writing import write_status
from services.plan_reports.state_dto import ItemStatus, PlanFile
from services.plans.dto import Standing


def write_statuses(file: PlanFile) -> bytes:
    """Return the file with a column at the right of each of its tables.

    Raises:
        PlanFileUnreadable: it is no Word file.
    """
    said = {place: status_words(status) for place, status in file.statuses.items()}
    return write_status(file.content, said, plan_words()["status"]["heading"])


def status_words(status: ItemStatus) -> str:
    """Say how an item stands: done with its day, else how many have done it, and what is amiss with the rest."""
    words: dict[str, str] = plan_words()["status"]
    if status.cancelled:
        said = words["cancelled"]
        return words["reason"].format(status=said, reason=status.reason) if status.reason else said
    if status.whole and status.done == status.whole:
        return words["done"].format(date=short_day(status.done_on)) if status.done_on else words["done_undated"]
    lines = [words["some"].format(done=status.done, whole=status.whole)] if status.whole > 1 and status.done else []
    if status.standing is Standing.OVERDUE:
        lines.append(words["overdue"])
    elif status.standing in {Standing.REPORTED, Standing.RELEASED}:
        lines.append(words[status.standing.value])
    elif not lines and status.until is None:
        lines.append(words["open"])
    if status.until is not None:
        lines.append(words["extended"].format(date=short_day(status.until)))
    return "\n".join(lines)
