"""A real browser on the real service: headless Chromium, and axe as the law's minimum of an eye."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from weakref import WeakSet

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

import config
from scripts.system_tools import chromium
from tests.conftest import LiveServer

AXE = config.ROOT / "node_modules" / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
NARROWEST: ViewportSize = {"width": 320, "height": 256}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
ARGUMENTS += ["--disable-component-update", "--disable-sync"]
LONGEST_WAIT_MS = 10_000

COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

# Only what is told crosses over to the test: all that axe found in order would take longer than its work. Words in a
# drawing it leaves undecided, since no box stands behind them; test_rounds_and_figures.py measures those.
RUN_AXE = """rules =>
    axe.run({exclude: ["svg text"]}, {runOnly: rules, resultTypes: ["violations", "incomplete"]}).then(found =>
    [["", found.violations], ["undecided: ", found.incomplete]].flatMap(([mark, broken]) => broken.flatMap(rule =>
        rule.nodes.map(node => `${mark}${rule.id}: ${rule.help} — ${node.html.slice(0, 200)}`))))"""

LONGEST = ("test_every_page", "test_sparring_journey")

_without_scripts: WeakSet[Page] = WeakSet()


class NewPage(Protocol):
    def __call__(self, **given: Any) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest begin, or one of them would end alone."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture(scope="session")
def _browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "the browser tests need Chromium: `make tools` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address of the web server."""
    return live_server(processes=1)


@pytest.fixture
def new_page(_browser: Browser, _servers: Callable[..., str], tmp_path: Path) -> Iterator[NewPage]:
    """A page in a browser of its own: `new_page(viewport=PHONE, color_scheme="dark", java_script_enabled=False)`.

    Fails at the end if the page wrote an error to the console, was refused something by the content security
    policy, or asked another host for anything. SCREENSHOTS=folder keeps what was last seen. Pages are closed before
    the servers that they may still be loading from.
    """
    complaints: list[str] = []
    opened: list[Page] = []

    def make(**given: Any) -> Page:
        context = _browser.new_context(**{"viewport": DESKTOP, "locale": "fi-FI"} | given)
        context.set_default_timeout(LONGEST_WAIT_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _note_console(message, complaints))
        page.on("request", lambda request: _note_request(request.url, complaints))
        opened.append(page)
        if not given.get("java_script_enabled", True):
            _without_scripts.add(page)
        return page

    yield make
    for number, page in enumerate(opened):
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(folder) / f"{tmp_path.name}-{number}.png", full_page=True)
        page.context.close()
    assert not complaints, "the browser complains:\n" + "\n".join(complaints)


def follow(page: Page, what: str | Locator) -> None:
    """Click what leads to another document, and be there: a click alone returns while the old one still stands."""
    with page.expect_navigation():
        (page.locator(what).first if isinstance(what, str) else what).click()


def enter(page: Page) -> None:
    """Press Enter where that leads to another document, and be there."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _note_console(message: Any, complaints: list[str]) -> None:
    expected = "Failed to load resource: the server responded with a status of 4"  # an error page that was asked for
    if message.type == "error" and not message.text.startswith(expected):
        complaints.append(message.text)


def _note_request(url: str, complaints: list[str]) -> None:
    if not url.startswith(("http://127.0.0.1:", "http://localhost:", "data:", "about:", "blob:")):
        complaints.append(f"asks another host: {url}")


@pytest.fixture
def axe() -> Callable[..., None]:
    """`axe(page)` fails with every violation and with what axe could not decide: in light all its rules, then in the
    dark those of colour, which alone can differ."""

    def look(page: Page) -> None:
        assert page not in _without_scripts, "axe never ends where scripts are off"
        if not page.evaluate("'axe' in window"):
            page.evaluate(_axe_script())
        findings = []
        looks = (("light", {"type": "tag", "values": AXE_TAGS}), ("dark", COLOUR_RULES))
        for scheme, rules in looks:
            page.emulate_media(color_scheme=scheme)
            findings += [f"{scheme}: {one}" for one in page.evaluate(RUN_AXE, rules)]
        page.emulate_media(color_scheme="light")
        assert not findings, f"axe on {page.url}:\n" + "\n".join(findings)

    return look


@cache
def _axe_script() -> str:
    return AXE.read_text()


def is_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
