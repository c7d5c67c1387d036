"""The Markdown that organisers write, as safe HTML for pages and as plain text for mails and calendars."""

import textwrap

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

_TAGS = set("p br strong em a ul ol li h3 h4 h5 h6 blockquote pre code hr".split())
_SCHEMES = {"http", "https", "mailto", "tel"}

# A line break typed in a text field is meant as one, so "breaks" keeps it.
_parser = MarkdownIt("commonmark", {"html": False, "breaks": True})


def render(markdown: str) -> Markup:
    """Headings begin at h3, below the page's own; raw HTML shows as typed, a picture as its text alternative."""
    tokens = _parse(markdown)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    safe = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
    )
    return Markup(safe)  # noqa: S704 - only the tags and attributes above are left


def plain(markdown: str) -> str:
    """Readable as it is: paragraphs, "- " and "1. " lists, and after a link's text its address in brackets."""
    return _block(SyntaxTreeNode(_parse(markdown)))


def _parse(markdown: str) -> list[Token]:
    tokens = _parser.parse(markdown)
    for token in tokens:
        for child in token.children or []:
            if child.type == "image":
                child.type = "text"
    return tokens


def _block(node: SyntaxTreeNode) -> str:
    match node.type:
        case "inline":
            return _inline(node)
        case "bullet_list":
            return "\n".join(_item("- ", item) for item in node.children)
        case "ordered_list":
            first = int(node.attrs.get("start", 1))
            return "\n".join(_item(f"{number}. ", item) for number, item in enumerate(node.children, first))
        case "fence" | "code_block":
            return node.content.rstrip()
        case _:
            return "\n\n".join(text for text in map(_block, node.children) if text)


def _item(marker: str, item: SyntaxTreeNode) -> str:
    text = "\n".join(_block(child) for child in item.children)
    return marker + textwrap.indent(text, " " * len(marker)).lstrip(" ")


def _inline(node: SyntaxTreeNode) -> str:
    match node.type:
        case "text" | "code_inline":
            return node.content
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            return _link("".join(map(_inline, node.children)), str(node.attrs["href"]))
        case _:
            return "".join(map(_inline, node.children))


def _link(text: str, target: str) -> str:
    address = target.removeprefix("mailto:").removeprefix("tel:")
    return text if text in (address, target) else f"{text} ({address})"
