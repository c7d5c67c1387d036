import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.markdown import plain, render


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("Hei **kaikki**\n*moi*", "<p>Hei <strong>kaikki</strong><br>\n<em>moi</em></p>\n"),
        ("# Ohjelma\n\n## Aamu\n\n###### Pieni", "<h3>Ohjelma</h3>\n<h4>Aamu</h4>\n<h6>Pieni</h6>\n"),
        ("- yksi\n- kaksi", "<ul>\n<li>yksi</li>\n<li>kaksi</li>\n</ul>\n"),
        ("3. kolme\n4. neljä", '<ol start="3">\n<li>kolme</li>\n<li>neljä</li>\n</ol>\n'),
        ("", ""),
    ],
)
def test_ordinary_marks_become_ordinary_html(written, html):
    assert render(written) == html


def test_links_lead_out_without_recommending():
    html = render("[Kartta](https://kartta.example/?a=1&b=2)")
    assert re.search(r'href="https://kartta.example/\?a=1&amp;b=2"', html)
    assert 'rel="nofollow noopener"' in html


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        '[x](https://a.example/" onclick="alert(1))',
        "![x](https://tracker.example/pixel.png)",
        '<iframe src="https://a.example"></iframe>',
        '<p style="position:fixed">x</p>',
        "```html onload=alert(1)\nx\n```",
    ],
)
def test_nothing_that_runs_loads_or_restyles_comes_through(written):
    html = render(written)
    tags = re.findall(r"<\s*([a-z0-9]+)([^>]*)>", html)
    assert {name for name, _ in tags} <= {"p", "a", "pre", "code"}
    for _, attributes in tags:
        assert not re.search(r"\b(on\w+|style|src|class)\s*=", attributes)
        assert not re.search(r"(javascript|data|vbscript):", attributes, re.IGNORECASE)


@settings(deadline=None)  # a busy machine is not a fault
@given(st.text("<>a/ \"'=[]()!`*_#&;:\n", max_size=60))
def test_no_typed_character_opens_a_tag_of_its_own(written):
    names = set(re.findall(r"</?([a-z0-9]+)", render(written)))
    assert names <= set("p br strong em a ul ol li h3 h4 h5 h6 blockquote pre code hr".split())


def test_raw_html_is_shown_and_a_picture_is_its_text():
    assert render("<b>x</b>") == "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"
    assert render("![Kartta <b>](https://a.example/kartta.png)") == "<p>Kartta &lt;b&gt;</p>\n"


def test_a_plain_text_keeps_paragraphs_lists_lines_and_addresses():
    written = """\
# Ohjelma

Tervetuloa **kaikki**!
Toinen rivi, `koodi` & merkit.

- [Kartta](https://kartta.example/sali)
- <https://suora.example/>
  - sisempi

2. aamukahvi
3. luennot

> Lainaus

***

Kysy: [Maria](mailto:maria@example.fi) tai <neuvonta@example.fi> ![kuva salista](x.png)

    $ komento
"""
    assert (
        plain(written)
        == """\
Ohjelma

Tervetuloa kaikki!
Toinen rivi, koodi & merkit.

- Kartta (https://kartta.example/sali)
- https://suora.example/
  - sisempi

2. aamukahvi
3. luennot

Lainaus

Kysy: Maria (maria@example.fi) tai neuvonta@example.fi kuva salista

$ komento"""
    )


def test_an_empty_text_stays_empty():
    assert plain(" \n") == ""


@settings(deadline=None)  # a busy machine is not a fault
@given(st.text())
def test_any_text_can_be_made_plain(written):
    assert isinstance(plain(written), str)
