"""What is said about whole groups."""

from collections.abc import Mapping

from aiogram import html
from aiogram.utils.i18n import gettext as _
from aiogram.utils.i18n import ngettext

from handlers.batches.reasons import Reasons, remark
from handlers.common.fact_questions import how_to_answer
from handlers.common.languages import language_name
from handlers.common.reader import Reader
from services.batches.dto import Archive, Batch, BatchPlan, BatchState, ListWords
from services.batches.rules import MOST_ROWS, typed_facts
from services.certificates.dto import CertificateKind, FactRule
from services.languages import Language

_SHOWN = 10  # of those who cannot have one


def overview_text() -> str:
    """Say what this is, and what comes first."""
    return "\n\n".join(
        [
            _("👥 <b>Whole group</b>"),
            _(
                "One certificate for everybody in a study group or on a list: each gets a number and a signed PDF of "
                "their own, and you get all of them in one archive."
            ),
            _("Which certificate? What was issued for many lately stands below."),
        ]
    )


def language_text(kind: CertificateKind, reader: Reader) -> str:
    """Ask for the language."""
    question = _("In which language are the certificates to be?")
    return f"<b>{html.quote(kind.name.get(reader.language))}</b>\n\n{question}"


def people_text(kind: CertificateKind, language: Language, reader: Reader) -> str:
    """Ask for whom."""
    lines = [
        heading(kind, language, reader.language),
        "",
        _("Write the name of the study group, or send a list of people as a file (XLSX or CSV)."),
        ngettext(
            "The list needs a column with the numbers of the student cards (or staff numbers); {count} row at most.",
            "The list needs a column with the numbers of the student cards (or staff numbers); {count} rows at most.",
            MOST_ROWS,
        ).format(count=MOST_ROWS),
    ]
    if labels := [reader.words.label(kind.id, rule.name, reader.language) for rule in typed_facts(kind)]:
        names = html.quote(", ".join(labels))
        lines += ["", _("Columns with these headings give everybody a value of their own: {names}").format(names=names)]
    return "\n".join(lines)


def question_text(kind: CertificateKind, rule: FactRule, reader: Reader, people: int) -> str:
    """Ask for a value that is the same for all."""
    label = reader.words.label(kind.id, rule.name, reader.language)
    hint = reader.words.hint(kind.id, rule.name, reader.language)
    same = ngettext("The same for {count} person:", "The same for all {count} people:", people).format(count=people)
    answer = [line for line in (html.quote(hint), how_to_answer(rule, hint)) if line]
    return "\n".join([same, f"<b>{html.quote(label)}</b>", "", *answer])


def review_text(plan: BatchPlan, values: Mapping[str, str], reasons: Reasons, reader: Reader, *, send: bool) -> str:
    """Say for how many, and who cannot have one and why."""
    lines = [heading(plan.kind, plan.language, reader.language), html.quote(plan.title), ""]
    lines += [_value(plan.kind, rule, values[rule.name], reader) for rule in plan.kind.facts if rule.name in values]
    ready = len(plan.ready)
    can = ngettext("✅ {count} person can have it.", "✅ {count} people can have it.", ready)
    lines += [*([""] if values else []), can.format(count=ready), *_refused(plan, reasons)]
    if ready:
        sent = _("Everybody who is linked gets theirs in the chat as well.")
        lines += ["", sent if send else _("Nothing is sent to them: they find it among their own certificates.")]
    else:
        lines += ["", _("So there is nothing to issue. Choose other people, or put right what is missing.")]
    return "\n".join(lines)


def refused_caption() -> str:
    """Say what the file is."""
    return _("Everybody who cannot have this certificate, and why.")


def batch_text(batch: Batch, kind: CertificateKind | None, reader: Language) -> str:
    """Say how far it is."""
    lines = [heading(kind, batch.language, reader, batch.kind), html.quote(batch.title), ""]
    counts = {"issued": batch.issued, "rows": batch.rows, "printed": batch.printed}
    match batch.state:
        case BatchState.OPEN:
            lines.append(_("⏳ Issued: {issued} of {rows}, printed: {printed}.").format(**counts))
            lines.append(_("You will be told here when the archive is ready; you may leave this screen."))
        case BatchState.DONE:
            lines.append(_("✅ Everything is issued and printed: {printed} of {rows}.").format(**counts))
        case BatchState.CANCELLED:
            lines.append(_("✖️ Stopped. Issued before: {issued} of {rows}, printed: {printed}.").format(**counts))
    if batch.refused:
        left = ngettext(
            "{count} person could not have it any more; the list in the archive says why.",
            "{count} people could not have it any more; the list in the archive says why.",
            batch.refused,
        )
        lines.append(left.format(count=batch.refused))
    if batch.is_complete and batch.unprintable:
        lines.append(_("⚠️ Not printed: {count}. Tell the operators of the bot.").format(count=batch.unprintable))
    return "\n".join(lines)


def cancel_question(batch: Batch) -> str:
    """Ask once more."""
    return _(
        "Stop here? {issued} of {rows} are issued and stay valid; no more will be issued. The rest can be begun anew."
    ).format(issued=batch.issued, rows=batch.rows)


def archive_caption(archive: Archive) -> str:
    """Say what the file is."""
    if archive.parts == 1:
        return _("All certificates, and a list of them.")
    return _("Part {part} of {parts} of the certificates.").format(part=archive.part, parts=archive.parts)


def out_of_date_text() -> str:
    """Answer a button of a form that was left."""
    return _("This screen is out of date. Begin anew at the desk.")


def differs_note() -> str:
    """Say that the roster has changed since the review."""
    return _("⚠️ Something has changed since this was shown. Look once more:")


def out_of_date_toast() -> str:
    """Answer a button of a question that does not stand open."""
    return _("This question is answered already.")


def too_large_text(megabytes: int) -> str:
    """Answer a file that Telegram does not hand over."""
    return _("The file is too large: at most {limit} MB.").format(limit=megabytes)


def send_again_text() -> str:
    """Answer a file that is gone."""
    return _("Telegram did not hand over the file. Please send it once more.")


def list_words() -> ListWords:
    """Return the words of the list in an archive."""
    headings = (_("Number"), _("Name"), _("Certificate No."), _("File"), _("Remark"))
    return ListWords(headings=headings, remark=remark)


def heading(kind: CertificateKind | None, language: Language, reader: Language, kind_id: str = "") -> str:
    """Return the kind and the language; `kind_id`: where the kind is gone."""
    name = html.quote(kind.name.get(reader) if kind else kind_id)
    return f"👥 <b>{name}</b>, {html.quote(language_name(language))}"


def _value(kind: CertificateKind, rule: FactRule, value: str, reader: Reader) -> str:
    label = reader.words.label(kind.id, rule.name, reader.language)
    return html.quote(f"{label}: {reader.words.value(kind.id, rule, value, reader.language)}")


def _refused(plan: BatchPlan, reasons: Reasons) -> list[str]:
    refused = [row for row in plan.rows if row.refusal is not None]
    if not refused:
        return []
    count = ngettext("⚠️ {count} person cannot have it:", "⚠️ {count} people cannot have it:", len(refused))
    lines = ["", count.format(count=len(refused))]
    for row in refused[:_SHOWN]:
        who = f"{row.person_name} ({row.person_no})" if row.person_name else row.person_no
        lines.append(html.quote(f"• {who}: {reasons.reason(row.refusal)}") if row.refusal else "")
    if len(refused) > _SHOWN:
        lines.append(_("and others: the whole list is in the file above."))
    return lines


def is_long(plan: BatchPlan) -> bool:
    """Tell whether those who cannot have one are more than a screen shows."""
    return len(plan.rows) - len(plan.ready) > _SHOWN
