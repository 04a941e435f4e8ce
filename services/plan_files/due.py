"""stand-in"""
import re
from services.deadlines.dto import AcademicYear
_M = re.compile(r"(?i)\b(январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр|january|february|march|april|may|june|july|august|september|october|november|december)|\d{1,2}\.\d{1,2}\.\d{2,4}|жыл ичинде|окуу жыл|жыл сайын|квартал|планына ылайык|в течение|мөөнөт|чейрек|семестр|2026|2025|throughout|1 жыл ичинде|учурунда")
def is_deadline(text: str, year: AcademicYear) -> bool:
    return bool(_M.search(text)) and len(text) < 60
_F = re.compile(r"(?i)(1\.09\.2025-30\.06\.2026|2025-жыл,? декабрь|2025-26 окуу жылы|окуу жылынын ичинде|2026-жыл июнь|2026-жыл|жыл сайын( планга ылайык)?|1 жыл ичинде|Октябрь 2025, апрель 2026\.)$")
def split_deadline(text: str, year: AcademicYear) -> tuple[str, str]:
    m = _F.search(text)
    return (text[:m.start()].strip(), text[m.start():]) if m else (text, "")
