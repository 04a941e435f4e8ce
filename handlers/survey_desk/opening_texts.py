"""What is said before and after opening, and how many are through."""

from collections.abc import Iterable, Sequence

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.common.questionnaire_words import mode_name
from handlers.common.reader import Reader
from services.languages import Language
from services.questionnaires.dto import SurveyMode
from services.surveys.dto import Opened, OpeningPlan, Stratum, Survey
from services.surveys.rules import SEALED
from services.surveys.taking_part import Rate, TakingPart

_MOST_GROUPS = 40
_LONGEST_NAME = 60


def plan_text(plan: OpeningPlan, reader: Reader) -> str:
    """Show what opening means, before it is done."""
    lines = [
        _("<b>Open this survey?</b>"),
        f"«{html.quote(plan.survey.questionnaire.title.get(reader.language))}»",
        "",
        _("How it asks: {mode}").format(mode=mode_name(plan.survey.mode)),
        _("Last day: {date}").format(date=reader.day(plan.closes_on)),
    ]
    if plan.survey.mode is not SurveyMode.OPEN:
        lines += [
            _("People who are asked: {people}; of them linked to the bot: {linked}").format(
                people=plan.people, linked=plan.linked
            ),
            "",
            *_group_lines(plan.strata, reader.language),
        ]
    lines += ["", *_key_lines(plan.survey, plan.key_place)]
    lines.append(_("After opening, the questions, the people, the groups and how it asks do not change any more."))
    return "\n".join(lines)


def _group_lines(strata: Sequence[Stratum], language: Language) -> Iterable[str]:
    leaves = [stratum for stratum in strata if stratum.leaf]
    yield _("Groups of the report, the small ones put together:")
    for stratum in leaves[:_MOST_GROUPS]:
        yield f"• {_name(stratum, language)}: {stratum.people}"
    if len(leaves) > _MOST_GROUPS:
        yield _("… and others: {count}").format(count=len(leaves) - _MOST_GROUPS)


def _key_lines(survey: Survey, place: str) -> Iterable[str]:
    """Say where the key is: to whom the service tells no place, that the administrators keep it."""
    if survey.mode not in SEALED:
        return
    if not place:
        yield _(
            "🔑 Answers are sealed with a key that only the server has and no backup holds. If it is lost before the "
            "survey closes, all answers are lost. The administrators keep it."
        )
        return
    yield _(
        "🔑 Answers are sealed with a key that lies as a file on the server only, in {place}, and in no backup. If it "
        "is lost before the survey closes, all answers are lost."
    ).format(place=f"<code>{html.quote(place)}</code>")


def opened_text(opened: Opened, reader: Reader) -> str:
    """Say that a survey is open, and what comes next."""
    survey = opened.survey
    lines = [_("✅ <b>The survey is open.</b>")]
    if survey.closes_on is not None:
        lines.append(_("Last day: {date}").format(date=reader.day(survey.closes_on)))
    if survey.mode is SurveyMode.OPEN:
        lines += ["", _("Give this address to those who shall answer:"), html.quote(opened.address)]
    elif survey.mode is SurveyMode.ANONYMOUS:
        lines += [
            "",
            _("Now print the sheets of tickets and give them to whoever hands them out. Nobody has been invited yet: "
              "the invitation goes out by itself at 10:00, once there are tickets."),
        ]  # fmt: skip
    else:
        lines.append(
            ngettext("{number} person was invited in the chat.", "{number} people were invited in the chat.",
                     opened.invited).format(number=opened.invited)
        )  # fmt: skip
    return "\n".join([*lines, "", *_key_lines(survey, opened.key_place)]).rstrip()


def rates_text(seen: TakingPart, reader: Reader) -> str:
    """Show how many are through, by group."""
    lines = [_("📈 <b>How many are through</b>")]
    if not seen.rates:
        return "\n".join([*lines, "", _("Of an open link nobody knows who was asked, so there is no rate.")])
    if seen.counted_on is None:
        lines += ["", _("It is counted once a day, at 10:00. Nothing has been counted yet.")]
    else:
        lines += [_("As of 10:00, {date}").format(date=reader.day(seen.counted_on)), ""]
        lines += [f"• {_name(rate.stratum, reader.language)}: {_percent(rate)}" for rate in seen.rates[:_MOST_GROUPS]]
        if len(seen.rates) > _MOST_GROUPS:
            lines.append(_("… and others: {count}").format(count=len(seen.rates) - _MOST_GROUPS))
    if seen.survey.mode is SurveyMode.ANONYMOUS:
        lines += ["", _("Of the tickets that were printed; how many were drawn nobody knows.")]
    lines += [
        "",
        _("Who answered and who did not want to are counted alike. Groups of fewer than ten are not shown, and nobody "
          "is ever named."),
    ]  # fmt: skip
    return "\n".join(lines)


def _percent(rate: Rate) -> str:
    if rate.percent is None:
        return _("too few to show")
    if rate.at_least:
        return _("{percent} % or more").format(percent=rate.percent)
    return _("about {percent} %").format(percent=rate.percent)


def _name(stratum: Stratum, language: Language) -> str:
    name = " ".join(stratum.name.get(language).split())
    return html.quote(name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…")
