"""Where one can call: what the university file does not say."""

from bot.cli.checks.finding import Finding, note
from bot.documents import university as university_file
from bot.settings import Settings
from services.trust.dto import Hotlines


def check_hotlines(settings: Settings) -> list[Finding]:
    """Are all numbers there? Silent where they are, or the university file cannot be read."""
    try:
        university = university_file.load(settings.university_file)
    except university_file.UniversityFileError:
        return []  # which is told where the papers are looked at
    return find_missing(university.hotlines)


def find_missing(hotlines: Hotlines) -> list[Finding]:
    """Note in one line which numbers are not there."""
    if not hotlines.missing:
        return []
    reason = f"UNIVERSITY_FILE has no {', '.join(hotlines.missing)}: /trust and surveys do not show these lines"
    return [note("hotlines", reason, "add them under [hotlines]")]
