"""The printed sheet: its words, its bytes, its QR code, and text that must not become markup."""

import io
import re
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.documents.coverage import can_print
from bot.documents.errors import UnprintableTextError
from bot.documents.links import PublicLinks
from bot.documents.paper import compose
from bot.documents.render import CertificateRenderer
from bot.documents.university import University
from services.certificates.dto import Paper
from services.languages import Language
from tests.unit.documents.samples import CODE, LINKS, NO_PAGES, order, run_tool


def printed(pdf: bytes) -> str:
    """Return the words of a PDF in reading order, white space evened out."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def sentences(paper: Paper) -> list[str]:
    """Return every text that must be found on the sheet."""
    signature, seal = paper["signature"], paper["seal"]
    return [
        paper["title"],
        paper["subtitle"],
        paper["number_line"],
        "".join(part["text"] for part in paper["opening"]),
        *[line["label"] for line in paper["lines"]],
        *[line["value"] for line in paper["lines"]],
        *paper["closing"],
        paper["signatory"]["post"],
        paper["signatory"]["name"],
        seal["mark"],
        seal["note"],
        *paper["notes"],
        signature["title"],
        signature["signer"],
        signature["date"],
        paper["code_line"],
        paper["page_line"].replace("{page}", "1").replace("{pages}", "1"),
        *[
            text
            for head in paper["letterhead"]
            for text in (head["ministry"], head["unit"], head["university"].upper())
        ],
        *paper["letterhead"][-1]["contacts"],
    ]


@pytest.mark.parametrize("language", Language)
def test_every_sentence_is_found_in_the_pdf(
    university: University, renderer: CertificateRenderer, language: Language
) -> None:
    paper = compose(university, order(language), LINKS)
    words = printed(renderer.render(paper)).replace(" ", "")
    for sentence in sentences(paper):
        assert re.sub(r"\s", "", sentence) in words


def test_kyrgyz_letters_can_be_searched(drawn: bytes) -> None:
    words = printed(drawn)
    for word in ("күндүзгү", "төмөнкүнү", "бөлүмү", "Теңир-Тоо", "бергендигин"):
        assert word in words


def test_same_paper_gives_the_same_bytes(university: University, renderer: CertificateRenderer, drawn: bytes) -> None:
    again = CertificateRenderer().render(compose(university, order(Language.KY), LINKS))
    assert again == drawn
    renderer.render(compose(university, order(Language.EN), LINKS))
    assert renderer.render(compose(university, order(Language.KY), LINKS)) == drawn


@pytest.mark.parametrize("links", [LINKS, NO_PAGES])
def test_qr_code_is_read_at_150_dpi(university: University, renderer: CertificateRenderer, links: PublicLinks) -> None:
    (page,) = renderer.preview(compose(university, order(Language.RU), links), dpi=150)
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page)))
    assert found.text == links.qr_content(CODE)


def test_qr_code_of_the_signed_file_is_read_from_paper(signed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "signed.pdf"
    file.write_bytes(signed)
    run_tool("pdftoppm", "-r", "150", "-png", file, tmp_path / "page")
    (picture,) = tmp_path.glob("page*.png")
    (found,) = zxingcpp.read_barcodes(Image.open(picture))
    assert found.text == LINKS.verify_page(CODE)


def test_only_pt_fonts_are_embedded(drawn: bytes) -> None:
    fonts = set(re.findall(rb"/FontName/[A-Z]{6}\+(\w+-\w+)", drawn))
    assert {name.decode() for name in fonts} == {"PTSerif-Regular", "PTSerif-Bold", "PTSans-Regular"}


def test_file_claims_pdf_a_2b_and_the_day_of_issue(drawn: bytes) -> None:
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>" in drawn
    metadata = PdfReader(io.BytesIO(drawn)).metadata
    assert metadata is not None
    assert str(metadata["/CreationDate"]).startswith("D:20261121")


MARKUP = '<b>A</b> #panic() $x^2$ *b* _i_ `c` @ref // \\n = + - ~ "q" [x] {univ}'


def test_markup_in_values_is_printed_as_it_stands(university: University, renderer: CertificateRenderer) -> None:
    paper = compose(university, order(Language.RU, {"programme": MARKUP, "name": "#[x] *Айзада*"}), LINKS)
    words = printed(renderer.render(paper)).replace(" ", "")
    assert MARKUP.replace(" ", "") in words
    assert "#[x]*Айзада*" in words


@pytest.mark.parametrize("name", ["李小龙", "Айзада 🎓", "محمد"])
def test_letter_the_fonts_lack_is_refused(university: University, renderer: CertificateRenderer, name: str) -> None:
    with pytest.raises(UnprintableTextError):
        renderer.render(compose(university, order(Language.EN, {"name": name}), LINKS))
    assert not can_print(name)


@pytest.mark.parametrize("name", ["Өмүрбек Ңүө", "José Müller-Łukasz", "Ивано́ва", "O’Brien"])
def test_letters_the_fonts_have_are_foreseen(university: University, renderer: CertificateRenderer, name: str) -> None:
    if can_print(name):
        assert renderer.render(compose(university, order(Language.EN, {"name": name}), LINKS))


def test_long_paper_runs_over_several_sheets(university: University, renderer: CertificateRenderer) -> None:
    paper = compose(university, order(Language.RU, {"programme": "Очень длинное направление " * 120}), LINKS)
    pdf = renderer.render(paper)
    count = len(PdfReader(io.BytesIO(pdf)).pages)
    assert count > 1
    assert f"Страница {count} из {count}" in printed(pdf)
