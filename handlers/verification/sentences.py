"""What the chat and the verification page say in the same words; values are written as they are given."""

from aiogram.utils.i18n import gettext as _

from handlers.common.ports import Links
from services.certificates.dto import Check, Verdict, VerdictKind
from services.certificates.pictures import PictureFinding, PictureRemark


def own_headline(verdict: Verdict) -> str | None:
    """Say what the kind of the verdict alone does not tell; None where it tells all."""
    if verdict.picture is not None and verdict.picture.remark is not PictureRemark.CODE:
        return _picture_headline(verdict.picture.remark)
    if verdict.kind is VerdictKind.ALTERED and verdict.checks[Check.UNCHANGED]:
        return _("The signature does not count: the key was not valid when it was made. Do not trust the file.")
    return None


def picture_advice(picture: PictureFinding, links: Links, *, address: str, page: str) -> list[str]:
    """Say what to do about a picture in which there is not exactly one code of ours.

    Args:
        picture: what was seen.
        links: where our own QR codes lead.
        address: the picture's own, fit to be shown.
        page: the address of our page, likewise; empty if there is none.
    """
    match picture.remark:
        case PictureRemark.ELSEWHERE:
            return [_("It leads to {address}. That is not the university.").format(address=address), _own(links, page)]
        case PictureRemark.SEVERAL_CODES:
            return [_("Send a picture of one certificate at a time. If one paper carries both codes, do not trust it.")]
        case PictureRemark.NOT_OURS:
            return [_own(links, page), _("Photograph the QR code of the certificate, or write the code beside it.")]
        case PictureRemark.NOT_A_PICTURE:
            return [_("Send the picture as JPEG or PNG, or write the code that stands beside the QR code.")]
        case _:
            return [
                _("Photograph the QR code from closer, in good light, sharp and whole."),
                _("The code that stands beside the QR code can also be typed: 20 letters and digits."),
            ]


def only_the_code_text() -> str:
    """Say how little a picture proves."""
    return _(
        "Only the code in the picture was checked, not the paper. Compare the facts below with the paper: if anything "
        "differs, do not trust it."
    )


def no_such_code_text(code: str) -> str:
    """Say which code was read in a picture that is in no register."""
    return _("The code in the picture is {code}. The university issued no certificate with this code.").format(
        code=code
    )


def replaced_text(number: str, day: str) -> str:
    """Name the certificate that took the place of this one."""
    return _("This certificate has been replaced. New number: {number}. Replaced on: {date}").format(
        number=number, date=day
    )


def changed_since_text() -> str:
    """Say that what the paper states is not so any more; why is nobody's business."""
    return _("The university issued this certificate, but the facts stated in it have changed since.")


def _picture_headline(remark: PictureRemark) -> str:
    headlines = {
        PictureRemark.ELSEWHERE: _("The QR code leads elsewhere. Do not trust the paper."),
        PictureRemark.SEVERAL_CODES: _("The picture shows the QR codes of different certificates."),
        PictureRemark.NOT_OURS: _("The QR code in the picture is not that of a certificate of ours."),
        PictureRemark.NOT_A_PICTURE: _("The picture cannot be read: it is damaged, too large or of an unknown sort."),
    }
    return headlines.get(remark) or _("No QR code was found in the picture.")


def _own(links: Links, page: str) -> str:
    if page:
        return _("The university's own QR codes lead only to {page} or to the bot {bot}.").format(
            page=page, bot=links.bot
        )
    return _("The university's own QR codes lead only to the bot {bot}.").format(bot=links.bot)
