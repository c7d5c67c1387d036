"""The eyes must see: a fault put in front of axe or the console is found, or the browser tests prove nothing."""

import pytest

GOOD = """<!doctype html><html lang="fi"><head><title>Ilmoittaudu</title></head>
<body style="color:#000;background:#fff"><main><h1>Ilmoittaudu</h1>{}</main></body></html>"""


def test_axe_sees_what_is_wrong_and_leaves_alone_what_is_right(new_page, axe) -> None:
    page = new_page()
    page.set_content(GOOD.format("<p>Tervetuloa</p>"))
    axe(page)
    page.set_content(GOOD.format('<p style="color:#aaa">Tervetuloa</p>'))
    with pytest.raises(AssertionError, match="color-contrast"):
        axe(page)
    page.set_content(GOOD.format('<button style="width:9px;height:9px;padding:0"></button><input name="email">'))
    with pytest.raises(AssertionError, match="button-name"):
        axe(page)


def test_axe_refuses_to_look_where_it_cannot(new_page, axe) -> None:
    with pytest.raises(AssertionError, match="scripts"):
        axe(new_page(java_script_enabled=False))


def test_the_front_page_opens_in_a_real_browser(new_page, site) -> None:
    page = new_page()
    answer = page.goto(site)
    assert answer
    assert answer.status < 500
