"""What `survey` refuses, in one line for the operator."""

from collections.abc import Callable, Mapping
from typing import Any

from services.errors import Refusal
from services.questionnaires.errors import QuestionnaireUnusable
from services.survey_tickets import errors as tickets
from services.surveys import errors

#: How each refusal is said.
SENTENCES: Mapping[type[Refusal], Callable[[Any], str]] = {
    QuestionnaireUnusable: lambda it: f"the questionnaire cannot be taken: {'; '.join(it.faults)}",
    errors.SurveyMissing: lambda _: (
        "there is no such survey; `kabarchy survey list` shows all, `kabarchy survey import FILE.toml` brings one"
    ),
    errors.SurveyNotDraft: lambda _: "the survey was opened already: its mode, questions and people do not change",
    errors.SurveyNotOpen: lambda _: "the survey is not open",
    errors.SurveyKeyThere: lambda _: "nothing is lost: the survey closes with its answers without --without-answers",
    errors.SurveyKeyMissing: lambda _: (
        "the survey was not closed and goes on, for its key is not in SURVEY_KEY_DIR of this shell: close it where the "
        "key is, or in the chat; with --anyway it takes no answers from now on, and whichever running bot has the key "
        "closes it within a minute"
    ),
    errors.ReaderMissing: lambda _: (
        "named answers need somebody who reads them: `kabarchy survey import FILE.toml --reader UNIT`"
    ),
    errors.SurveyAlike: lambda it: (
        f"survey {it.survey_id} asks some of the same people the same questionnaire; close it first, or ask others"
    ),
    errors.SurveysAlike: lambda it: (
        f"several surveys ask this questionnaire; say which by its number: {', '.join(map(str, it.ids))}"
    ),
    errors.SurveyNotClosing: lambda _: (
        "answers are given up only of a survey that waits to be closed; `kabarchy survey close ID --anyway` ends one "
        "that is open"
    ),
    errors.KeyAwaited: lambda _: (
        "the closing was begun less than ten minutes ago, and another machine may have the key; wait, then repeat it"
    ),
    errors.ClosingElsewhere: lambda _: "another process is closing a survey at this moment; repeat it in a minute",
    errors.ClosingHalted: lambda _: (
        "since a restore everything is halted, and no survey is closed, because that destroys its key; once this is "
        "the right database, `kabarchy resume-sending`, then close the survey"
    ),
    errors.PublicAddressMissing: lambda _: (
        "this survey is asked on a web page (mode anonymous or open), and PUBLIC_URL is not set; set it to the address "
        "under which the page is reached, or choose `--mode confidential` at import to ask in the chat, which Telegram "
        "and the running server can see"
    ),
    errors.TooFewPeople: lambda it: (
        f"{it.people} people are asked, {it.least} are needed: nobody would be hidden among fewer"
        if it.least > 1
        else "nobody in the roster is meant by the audience of this survey"
    ),
    errors.ChatRoomMissing: lambda _: (
        "the answers do not fit the buttons of a chat; leave out questions, or choose the mode anonymous or open"
    ),
    errors.SaysAnonymous: lambda it: (
        f"the questionnaire calls itself anonymous ({', '.join(it.places)}), which only the mode anonymous is"
    ),
    errors.SurveyKeyUnusable: lambda it: f"the key of the survey cannot be kept: {it.reason} (see SURVEY_KEY_DIR)",
    errors.QuestionnaireMissing: lambda _: "there is no such questionnaire",
    errors.QuestionnaireUnfinished: lambda _: "the questionnaire is still being written in the chat",
    errors.RevisionTaken: lambda it: (
        f"{it.code} is known with other words as revision {it.newest}; if this corrects them, set revision = "
        f"{it.newest + 1} in the file"
    ),
    errors.LastDayUnusable: lambda it: f"the last day must lie between {it.earliest} and {it.latest}",
    errors.PeriodUnusable: lambda it: (
        f"the period is needed in all three languages (--period-ky, --period-ru, --period-en), at most {it.most} "
        "characters each"
    ),
    tickets.TicketsNotMeant: lambda _: "tickets are made for surveys of the mode anonymous only",
    tickets.NoSuchGroup: lambda it: f"the survey has no group {it.code}; its groups are {', '.join(it.groups)}",
    tickets.TooManyTickets: lambda it: f"1 to {it.most} tickets are made at a time; call again for more",
    tickets.TicketsRunOut: lambda it: (
        f"the group gets {it.most} tickets at most (its people, a tenth and ten more); {it.left} can still be made"
    ),
    errors.ReaderUnknown: lambda it: f"--reader: no unit has the code {it.code}",
}
