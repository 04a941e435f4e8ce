"""The part of a university file about who reads the results of surveys."""

from bot.documents.toml_table import Table
from services.survey_reports.readers import Scope, SurveyReader


def read_survey_readers(root: Table) -> tuple[SurveyReader, ...]:
    """Read `[[survey_readers]]`: bodies by their codes, each once; without any only survey managers see results."""
    readers: dict[str, SurveyReader] = {}
    for table in root.tables("survey_readers"):
        unit = table.text("unit")
        scope = table.word("scope", Scope, Scope.CHARTS)
        if unit in readers:
            table.blame("unit", f"“{unit}” stands here twice")
        readers.setdefault(unit, SurveyReader(unit=unit, scope=scope))
        table.close()
    return tuple(readers.values())
