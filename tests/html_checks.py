"""What every page must be, whatever it shows: valid HTML5, and usable by people who do not see or click."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

LANGUAGES = {"fi", "sv", "en"}
SELF_NAMING = {"hidden", "submit", "button", "image", "reset"}
Error = tuple[tuple[int, int], str, dict[str, str]]
REFERENCES = ("aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "headers", "list", "form")


def parse(html: str) -> Element:
    """The page as a browser understands it, without namespaces."""
    return _parsed(html)[0]


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def check(html: str) -> Element:
    """The page, parsed. Fails with all that is wrong with it, not only the first thing."""
    page, problems = _examined(html)
    assert not problems, "the page is not sound:\n  " + "\n  ".join(problems)
    return page


def problems_of(html: str) -> list[str]:
    return _examined(html)[1]


def _examined(html: str) -> tuple[Element, list[str]]:
    page, errors = _parsed(html)
    rules = (_document, _ids, _controls, _buttons_and_groups, _media, _inline_code, _links, _structure)
    return page, [*_syntax(html, errors), *(problem for rule in rules for problem in rule(page))]


def _parsed(html: str) -> tuple[Element, list[Error]]:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    return parser.parse(html), parser.errors


def _syntax(html: str, errors: list[Error]) -> Iterator[str]:
    lines = html.splitlines() or [""]
    for (line, _column), code, details in errors:
        yield f"line {line}: {code} {details or ''} in {lines[min(line, len(lines)) - 1].strip()[:100]!r}"


def _document(page: Element) -> Iterator[str]:
    if page.get("lang") not in LANGUAGES:
        yield f"html lang is {page.get('lang')!r}"
    titles = page.findall("./head/title")
    if len(titles) != 1 or not text_of(titles[0]):
        yield "there must be one title that says something"
    for name in ("h1", "main"):
        count = len(page.findall(f".//{name}"))
        if count != 1:
            yield f"there are {count} {name} elements, not one"
    headings = page.findall(".//h1")
    if headings and not text_of(headings[0]):
        yield "the h1 is empty"


def _ids(page: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    yield from (f"id {name!r} occurs {count} times" for name, count in ids.items() if count > 1)
    if "" in ids:
        yield "an id is empty"
    for element in page.iter():
        for attribute in REFERENCES:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{element.tag} {attribute} names {name!r}, which is nowhere on the page"


def _controls(page: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in page.iter("label") if text_of(label)}
    wrapped = {id(control) for label in page.iter("label") if text_of(label) for control in label.iter()}
    for control in page.iter():
        if control.tag not in {"input", "select", "textarea"} or control.get("type") in SELF_NAMING:
            continue
        named = control.get("aria-label") or control.get("aria-labelledby")
        if not (named or control.get("id") in labelled or id(control) in wrapped):
            yield f"{control.tag} {control.get('name')!r} has no label"
    ids = {element.get("id") for element in page.iter()}
    yield from (f"a label is for {label.get('for')!r}, which is nowhere" for label in page.iter("label")
                if label.get("for") and label.get("for") not in ids)  # fmt: skip


def _buttons_and_groups(page: Element) -> Iterator[str]:
    for button in page.iter("button"):
        if not button.get("type"):
            yield f"button {text_of(button)!r} has no type"
        if not (text_of(button) or button.get("aria-label")):
            yield "a button has no name"
    for group in page.iter("fieldset"):
        legend = group.find("legend")
        if legend is None or not text_of(legend):
            yield "a fieldset has no legend"


def _media(page: Element) -> Iterator[str]:
    yield from (f"img {image.get('src')!r} has no alt" for image in page.iter("img") if image.get("alt") is None)
    for frame in page.iter("iframe"):
        if not frame.get("title"):
            yield "an iframe has no title"


def _inline_code(page: Element) -> Iterator[str]:
    if any(True for _ in page.iter("style")):
        yield "there is a style element"
    for script in page.iter("script"):
        if not script.get("src"):
            yield "there is an inline script"
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            if name == "style" or re.fullmatch(r"on[a-z]+", name) or value.strip().lower().startswith("javascript:"):
                yield f"{element.tag} has inline code in {name}"


def _links(page: Element) -> Iterator[str]:
    ids = {element.get("id") for element in page.iter()}
    for link in page.iter("a"):
        target = link.get("href")
        if target is None:
            yield f"link {text_of(link)!r} leads nowhere"
        elif len(target) > 1 and target.startswith("#") and target[1:] not in ids:
            yield f"link {text_of(link)!r} leads to {target!r}, which is nowhere on the page"
        pictures = any(image.get("alt") for image in link.iter("img"))
        if not (text_of(link) or link.get("aria-label") or link.get("aria-labelledby") or pictures):
            yield f"the link to {target!r} has no name"


def _structure(page: Element) -> Iterator[str]:
    level = 0
    for element in page.iter():
        if isinstance(element.tag, str) and re.fullmatch("h[1-6]", element.tag):
            if level and int(element.tag[1]) > level + 1:
                yield f"heading {text_of(element)!r} skips from h{level} to {element.tag}"
            level = int(element.tag[1])
    for table in page.iter("table"):
        caption = table.find("caption")
        if not (table.get("aria-label") or table.get("aria-labelledby") or (caption is not None and text_of(caption))):
            yield "a table has no caption"
        yield from (f"header cell {text_of(cell)!r} has no scope" for cell in table.iter("th") if not cell.get("scope"))
