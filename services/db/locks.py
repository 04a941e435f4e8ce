"""The keys of all advisory locks; "KB" comes first, for other programs may share the server."""

from enum import IntEnum, unique


@unique
class AdvisoryLock(IntEnum):
    """What is locked. A scope is the first half of a key; a number follows.

    Most of them are held until the end of a transaction; where two of them are needed, the smaller one comes first.
    """

    MIGRATION = 0x4B42_0000
    #: Scope of worker numbers: held as long as the process lives.
    WORKERS = 0x4B42_0001
    #: Scope of duties that only one process has.
    DUTIES = 0x4B42_0002
    ROSTER = 0x4B42_0010
    #: Imports of plans.
    PLANS = 0x4B42_0011
    #: The library of questionnaires and drafts of surveys.
    SURVEYS = 0x4B42_0012
    ROLES = 0x4B42_0020
    ALARM = 0x4B42_0021
    #: The end of the register's chain; behind the row of the series and the rows of certificates.
    REGISTER = 0x4B42_0030
    #: Closing surveys, which empties the one table of sealed replies.
    CLOSING = 0x4B42_0040
