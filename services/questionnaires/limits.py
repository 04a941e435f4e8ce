"""How large a questionnaire may be: what one can answer, what a screen and a page can hold."""

from typing import Final

#: Bytes of a file.
LARGEST_FILE: Final = 256 * 1024
ITEMS: Final = 60
#: Screens, a row of a matrix being one.
PAGES: Final = 60
CHOICES: Final = 20
ROWS: Final = 20
SCALES: Final = 30
POINTS: Final = 11
INDICES: Final = 30
MINUTES: Final = 60
REVISIONS: Final = 9_999
#: Letters of codes and names.
CODE: Final = 32
ID: Final = 40
#: Characters of texts.
QUESTION: Final = 300
HINT: Final = 300
LABEL: Final = 80
SHORT_LABEL: Final = 32
CHOICE: Final = 200
TITLE: Final = 80
LONG_TITLE: Final = 200
PERIOD: Final = 100
TOPIC: Final = 60
AUDIENCE: Final = 4_000
#: The longest free answer.
FREE_TEXT: Final = 500
#: UTF-16 units of a question with its hint and everything that can be chosen: what a message of Telegram (4,096) has
#: room for beside the progress, a free answer that is shown for confirmation, and the explanations.
MESSAGE: Final = 3_000
#: Fewer answers than this are never reported.
FEWEST: Final = 10
#: Faults named at once.
FAULTS: Final = 100
