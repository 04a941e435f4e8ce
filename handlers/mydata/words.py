"""Words for what the report lists, by the names under which the tables keep them."""

from aiogram.utils.i18n import gettext as _


def state_of_message(state: str) -> str:
    """Say what became of a message."""
    words = {
        "pending": _("waits to be sent"),
        "claimed": _("is being sent"),
        "sending": _("is being sent"),
        "sent": _("sent"),
        "failed": _("Telegram refused it"),
        "blocked": _("not delivered: the bot was blocked"),
        "unknown": _("perhaps delivered: Telegram gave no answer"),
        "cancelled": _("cancelled"),
        "skipped": _("not sent: it was no longer true"),
    }
    return words.get(state, state)


def kind_of_message(kind: str) -> str:
    """Say what a message was about."""
    words = {
        **_messages_of_announcements(),
        **_messages_of_plans(),
        "survey_invitation": _("an invitation to a survey"),
        "survey_reminder": _("a reminder of a survey"),
        "survey_outcome": _("what changed because of a survey’s answers"),
        "certificate_ready": _("a certificate is ready"),
        "certificate_revoked": _("a certificate was revoked"),
        "batch_issued": _("the certificates of a whole group are ready"),
        "report_decided": _("a correction that was asked for was decided"),
        "confirmation_changed": _("the confirmation of a certificate changed"),
        "request_asked": _("a desk asked about a request for a certificate"),
        "request_answered": _("a question about a request for a certificate was answered"),
        "request_refused": _("a request for a certificate was refused"),
        "request_moved": _("a request for a certificate went to another desk"),
        "receipt_refused": _("a receipt was not accepted"),
        "payment_confirmed": _("a payment was confirmed"),
        "paper_copy_ready": _("a paper copy of a certificate was ready"),
        "request_due_soon": _("requests for certificates had to be answered soon"),
        "desk_morning": _("how desks stood in the morning"),
        "link_moved": _("another account was linked"),
        "link_frozen": _("a link was put on hold"),
        "link_disputed": _("a link was disputed"),
        "link_released": _("a link on hold was released"),
        "link_taken_away": _("the link was taken away"),
        "link_request_waiting": _("somebody asks to be linked"),
        "link_request_decided": _("a request to be linked was decided"),
        "role_changed": _("a role was given or taken away"),
        "paper_ends": _("a paper of yours ends"),
        "papers_at_office": _("papers end that your office looks after"),
        "channel_offered": _("the question whether announcements shall go to a channel or group"),
        "channel_lost": _("the bot may not write in a channel or group any more"),
    }
    return words.get(kind, kind)


def _messages_of_plans() -> dict[str, str]:
    return {
        "plan_handed_on": _("an item of a plan was handed on to you"),
        "plan_digest": _("a reminder of what plans ask"),
        "plan_weekly": _("how plans stood in a week"),
        "plan_report_decided": _("what the coordinator decided about a report"),
        "plan_extension_decided": _("what the coordinator decided about a later day"),
        "plan_dispute_decided": _("whose business an item of a plan is"),
        "plan_item_changed": _("an item of a plan was changed"),
        "plan_decisions_wait": _("what waits for the coordinator’s decision"),
        "plan_materials": _("a question for the materials of a sitting"),
        "trust_booked": _("somebody booked a personal talk with you"),
        "trust_cancelled": _("a personal talk was cancelled"),
        "trust_reminder": _("a reminder of a meeting"),
    }


def _messages_of_announcements() -> dict[str, str]:
    return {
        "announcement": _("an announcement"),
        "announcement_late": _("an announcement of yours was late"),
        "announcement_preview": _("a preview of an announcement"),
        "announcement_to_approve": _("an announcement waited for your approval"),
        "announcement_approved": _("your announcement was approved"),
        "announcement_returned": _("your announcement was sent back"),
        "announcement_shown": _("an announcement that you asked for"),
        "announcement_reminder": _("a reminder to confirm that an announcement was read"),
        "announcement_corrected": _("an announcement that you had got was corrected"),
        "announcement_recalled": _("an announcement that you had got was taken back"),
        "correction_waiting": _("a correction of an announcement waited for your approval"),
        "correction_decided": _("your correction of an announcement was approved or sent back"),
    }


def act_in_words(act: str) -> str:
    """Say what was done."""
    words = {
        **_acts_with_papers(),
        **_acts_with_announcements(),
        **_acts_with_plans(),
        **_acts_with_surveys(),
        **_acts_with_talks(),
        "survey_outcome_sent": _("what changed because of a survey’s answers was told"),
        "survey_text_decided": _("a free answer of a survey was looked through"),
        "role_granted": _("a role was given"),
        "role_revoked": _("a role was taken away"),
        "roster_imported": _("the roster was imported"),
        "roster_undone": _("an import of the roster was undone"),
        "person_looked_at": _("the data in the roster were looked at"),
        "fact_corrected": _("a fact of the roster was corrected"),
        "correction_withdrawn": _("a correction was taken back"),
        "code_issued": _("a one-time code was given"),
        "group_codes_issued": _("one-time codes of a group were printed"),
        "linked": _("an account was linked"),
        "unlinked": _("an account was unlinked"),
        "link_disowned": _("a link was disowned"),
        "codes_guessed": _("many wrong codes were tried"),
        "link_released": _("a link on hold was released"),
        "request_refused": _("a request to be linked was refused"),
        "data_taken": _("these data were taken"),
        "database_restored": _("the database was restored from a backup"),
        "sending_resumed": _("sending was let go on after a restore"),
        "list_brought": _("a list of people was brought"),
        "list_dropped": _("a list of people was deleted"),
        "workday_noted": _("a working day was noted"),
        "workday_forgotten": _("a note about a working day was deleted"),
    }
    return words.get(act, act)


def _acts_with_talks() -> dict[str, str]:
    return {
        "trust_times_offered": _("times for personal talks were offered"),
        "trust_talk_called_off": _("a personal talk was cancelled"),
    }


def _acts_with_announcements() -> dict[str, str]:
    return {
        "announced": _("an announcement was made"),
        "announcement_submitted": _("an announcement was submitted for approval"),
        "announcement_approved": _("an announcement was approved"),
        "announcement_returned": _("an announcement was sent back to its author"),
        "announcement_paused": _("an announcement was paused"),
        "announcement_resumed": _("an announcement was resumed"),
        "announcement_cancelled": _("an announcement was cancelled"),
        "announcement_sent_again": _("an announcement was sent again to some"),
        "readers_reminded": _("readers were reminded to confirm an announcement"),
        "announcement_corrected": _("an announcement was corrected everywhere"),
        "channel_registered": _("a channel or group was registered for announcements"),
        "channel_removed": _("a channel or group was removed from the register"),
        "channel_changed": _("a channel or group was changed"),
        "announcement_withdrawn": _("an announcement was taken back"),
        "correction_submitted": _("a correction of an announcement was submitted for approval"),
        "unreached_listed": _("the list of those whom a correction or a recall did not reach was looked at"),
    }


def _acts_with_plans() -> dict[str, str]:
    return {
        "plan_imported": _("a plan was taken over from a file"),
        "plan_calendar_made": _("an address of a unit's calendar was made"),
        "plan_calendar_revoked": _("an address of a unit's calendar was revoked"),
        "plan_report_decided": _("a unit’s report was decided about"),
        "plan_extension_decided": _("a wish for a later day was decided about"),
        "plan_dispute_decided": _("it was decided whose business an item is"),
        "plan_item_changed": _("an item of a plan was changed"),
        "plan_settings_changed": _("the settings of a plan were changed"),
        "plan_group_changed": _("a group of units was changed"),
        "plan_alias_forgotten": _("words taught for a unit were forgotten"),
        "plan_sitting_changed": _("a sitting was changed"),
    }


def _acts_with_surveys() -> dict[str, str]:
    return {
        "questionnaire_imported": _("a questionnaire was taken into the library"),
        "survey_changed": _("a survey was prepared or changed"),
        "survey_opened": _("a survey was opened"),
    }


def _acts_with_papers() -> dict[str, str]:
    return {
        "certificate_revoked": _("a certificate was revoked"),
        "batch_begun": _("certificates were issued for a whole group"),
        "batch_cancelled": _("issuing for a whole group was stopped"),
        "certificate_reissued": _("a certificate was replaced by a new one"),
        "report_accepted": _("a correction that was asked for was accepted"),
        "report_refused": _("a correction that was asked for was refused"),
        "key_rotated": _("a new signing key was made"),
        "key_invalidated": _("a signing key was declared invalid"),
        "certificate_entered_again": _("a lost certificate was entered into the register again"),
        "certificates_erased": _("what certificates said was erased"),
        "certificate_approved": _("a certificate was approved"),
        "certificate_refused": _("a request for a certificate was refused"),
        "certificate_question_asked": _("a desk asked about a request for a certificate"),
        "certificate_handed_over": _("a request for a certificate went to another desk"),
        "payment_confirmed": _("a payment was confirmed"),
        "receipt_refused": _("a receipt was not accepted"),
        "paper_copy_ready": _("a paper copy of a certificate was ready"),
        "paper_copy_given": _("a paper copy of a certificate was handed out"),
        "issuing_resumed": _("issuing was let go on after a restore"),
    }


def way_of_link(way: str) -> str:
    """Say how an account was linked."""
    words = {
        "code": _("by a one-time code"),
        "contact": _("by the telephone number"),
        "request": _("by the Study Office, on request"),
    }
    return words.get(way, way)


def end_of_link(how: str) -> str:
    """Say how a link ended."""
    words = {
        "moved": _("another account was linked"),
        "unlinked": _("unlinked by the person"),
        "taken_away": _("taken away by the university"),
    }
    return words.get(how, how)


def state_of_request(state: str) -> str:
    """Say what became of a request to be linked."""
    words = {
        "waiting": _("waits for the Study Office"),
        "linked": _("linked"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
    }
    return words.get(state, state)


def state_of_report(state: str) -> str:
    """Say what became of a fact that was told to be wrong."""
    words = {
        "open": _("waits for the desk"),
        "document_wanted": _("waits for a document"),
        "accepted": _("corrected"),
        "refused": _("refused"),
        "withdrawn": _("withdrawn"),
    }
    return words.get(state, state)


def status_of_certificate(status: str) -> str:
    """Say what the university says of a certificate."""
    words = {"issued": _("issued"), "revoked": _("revoked"), "superseded": _("replaced by a new one")}
    return words.get(status, status)
