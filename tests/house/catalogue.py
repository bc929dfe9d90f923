"""The catalogues of words: what the source says, merged into each language's file and compiled.

`python -m tests.house.catalogue` brings them up to date; a house test says when that is due.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[2] / "src" / "duly"
LOCALE = SOURCE / "locale"
LANGUAGES = ("de",)
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "_public": None,
    "_internal": None,
    "phrase": None,
    "numbered": (1, 2),
    "say": {1: None, 3: (1, 2)},
}
"""`_public` and `_internal` are the sentences of the table of event kinds; the last three those of a policy's page."""
METHODS = [
    ("web/public/allauth/**.html", "tests.house.catalogue:third_party"),
    ("web/**.html", "jinja2.ext.babel_extract"),
    ("web/**.py", "python"),
    ("letters/templates/**", "jinja2.ext.babel_extract"),
    ("letters/**.py", "python"),
    ("policy/page/**.py", "python"),
    ("desk/tickets/kinds.py", "python"),
    ("desk/tickets/words.py", "python"),
    ("desk/tickets/placeholders.py", "python"),
    ("desk/tickets/attachment.py", "python"),
    ("desk/actions/**.py", "python"),
    ("desk/queries/**.py", "python"),
    ("desk/people/**.py", "python"),
    ("desk/agreements/**.py", "python"),
    ("desk/access/**.py", "python"),
    ("desk/errors.py", "python"),
    ("desk/mailroom/sorting.py", "python"),
]
TRANSLATE = re.compile(r'{%\s*translate\s+"([^"]+)"')
BRACES = re.compile(r"{\w+}|%\(\w+\)[sd]|%s")


def third_party(
    file: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Find the words of Django's own templates."""
    for number, line in enumerate(file.read().decode().splitlines(), start=1):
        for words in TRANSLATE.findall(line):
            yield number, "gettext", words, []


def extracted() -> Catalog:
    """Everything that the source says."""
    catalogue = Catalog(project="Duly", header_comment="# Words of Duly.", charset="utf-8")
    found = extract_from_dir(
        SOURCE,
        method_map=METHODS,
        options_map={
            "web/**.html": {"newstyle_gettext": "true", "trimmed": "true"},
            "letters/templates/**": {"newstyle_gettext": "true"},
        },
        keywords=KEYWORDS,
    )
    for _, _, words, _, context in found:
        catalogue.add(words, context=context)
    return catalogue


def file_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def kept(language: str) -> Catalog:
    """The catalogue of a language as it is kept."""
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language)


def untranslated(language: str) -> list[Any]:
    """The words that a language has no translation of, or of one of their numbers."""
    return [message.id for message in kept(language) if message.id and not _is_said(message.string)]


def _is_said(string: Any) -> bool:
    return bool(string) and (isinstance(string, str) or all(string))


def compiled(catalogue: Catalog) -> bytes:
    """What Django reads."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def update(language: str) -> None:
    """Merge the source's words into a language's file and compile it."""
    path = file_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = kept(language) if path.exists() else Catalog(locale=language, project="Duly")
    catalogue.update(extracted(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.header_comment = f"# The words of Duly, in the language {language}."
    catalogue.fuzzy = False
    catalogue.msgid_bugs_address = catalogue.last_translator = ""
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, sort_output=True, ignore_obsolete=True)
    path.with_suffix(".mo").write_bytes(compiled(catalogue))


def main() -> None:
    for language in LANGUAGES:
        update(language)
        missing = untranslated(language)
        print(f"{language}: {len(missing)} words without a translation")  # noqa: T201
        for words in missing:
            print(f"  {words!r}")  # noqa: T201


if __name__ == "__main__":
    main()
