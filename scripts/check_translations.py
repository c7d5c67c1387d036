"""Fails unless Finnish and Swedish have every text of the code, none of them unsure, with the same placeholders."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
LANGUAGES = ("fi", "sv")
KEYWORDS = DEFAULT_KEYWORDS | {
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": DEFAULT_KEYWORDS["pgettext"],
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|(?<!%)%(?!%)")


def texts_of_the_code() -> Catalog:
    catalog = Catalog()
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    for _file, _line, text, _comments, context in found:
        catalog.add(text, context=context)
    return catalog


def problems(code: Catalog, language: str) -> Iterator[str]:
    path = ROOT / "translations" / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        yield f"{path.relative_to(ROOT)} does not exist"
        return
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    wanted, translated = _by_key(code), _by_key(catalogue)
    for key, message in wanted.items():
        yield from (f"{language}: {problem}: {key[1]!r}" for problem in _of_one(message, translated.get(key)))
    yield from (f"{language}: no longer in the code: {key[1]!r}" for key in translated.keys() - wanted.keys())


def _by_key(catalogue: Catalog) -> dict[tuple[str | None, str], Message]:
    return {(one.context, _forms(one.id)[0]): one for one in catalogue if one.id}


def _of_one(wanted: Message, translated: Message | None) -> Iterator[str]:
    if translated is None:
        yield "missing from the catalogue (make translations adds it)"
        return
    if translated.fuzzy:
        yield "unsure (fuzzy)"
    if _forms(wanted.id) != _forms(translated.id):
        yield "has another plural in the code"
    forms = _forms(translated.string)
    if not all(forms):
        yield "not translated"
    elif len(_forms(wanted.id)) != len(forms):
        yield "needs a singular and a plural"
    elif any(_placeholders(form) != _placeholders(_forms(wanted.id)[-1]) for form in forms):
        yield "has other placeholders"


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or [""])


def _placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text)}


if __name__ == "__main__":
    code = texts_of_the_code()
    found = [problem for language in LANGUAGES for problem in problems(code, language)]
    if found:
        sys.exit("\n".join([*found, f"{len(found)} problems in the translations of {len(code)} texts"]))
