"""Every word that pages say is in every language, and what is compiled is what is written."""

import pytest

from tests.house import catalogue


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_a_catalogue_is_complete(language: str) -> None:
    said = {message.id for message in catalogue.extracted() if message.id}
    kept = {message.id for message in catalogue.kept(language) if message.id}
    assert said - kept == set(), "run: python -m tests.house.catalogue"
    assert catalogue.untranslated(language) == []


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_a_translation_has_the_same_places_to_fill(language: str) -> None:
    for message in catalogue.kept(language):
        assert not list(message.check()), message.id
        if isinstance(message.id, str) and isinstance(message.string, str) and message.id:
            assert sorted(catalogue.BRACES.findall(message.id)) == sorted(
                catalogue.BRACES.findall(message.string)
            ), message.id


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    compiled = catalogue.file_of(language).with_suffix(".mo").read_bytes()
    assert compiled == catalogue.compiled(catalogue.kept(language))
