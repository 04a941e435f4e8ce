"""Templates of a language have its sentences in them."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from bot.i18n import Catalogues
from bot.web.translating import TemplatesOfLanguage
from services.languages import Language

SENTENCE = "Verification page"
CATALOGUES = Catalogues()


def rendered(folder: Path, template: str, language: Language = Language.RU, **values: object) -> str:
    (folder / "one.html").write_text(template, encoding="utf-8")
    return TemplatesOfLanguage(str(folder), CATALOGUES, language).get_template("one.html").render(**values)


@pytest.mark.parametrize("language", Language)
def test_sentence_stands_in_the_language_of_the_templates(tmp_path: Path, language: Language) -> None:
    text = CATALOGUES.gettext(SENTENCE, locale=language.value)
    assert rendered(tmp_path, f'<b>{{{{ _("{SENTENCE}") }}}}</b>', language) == f"<b>{text}</b>"
    assert rendered(tmp_path, f"{{{{ _('{SENTENCE}').upper() }}}}", language) == text.upper()
    assert rendered(tmp_path, "{{ _(sentence) }}", language, sentence=SENTENCE) == text, "one that is not written out"


def test_what_is_put_into_a_sentence_is_shown_letter_by_letter(tmp_path: Path) -> None:
    assert rendered(tmp_path, "{{ _('<b> & {name}').format(name=name) }}", name="<i>") == "&lt;b&gt; &amp; &lt;i&gt;"
    assert rendered(tmp_path, "{{ _('<b> & it') }}") == "&lt;b&gt; &amp; it"


def test_macros_and_names_with_an_underscore_are_left_alone(tmp_path: Path) -> None:
    template = "{% macro ask_(text) %}[{{ text }}]{% endmacro %}{{ ask_('Verification page') }}"
    assert rendered(tmp_path, template) == "[Verification page]"


def test_what_a_template_misses_is_no_empty_text(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError):
        rendered(tmp_path, "{{ nothing }}")
