"""Each address opens to whom tests/routes.py says, and to nobody else. Tried, not read from the code."""

from collections.abc import Iterator

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from app.access import SESSION_KEY
from app.database import begin_write, db
from app.people import sign_in
from app.people.models import Role, User
from tests.conftest import MakeApp
from tests.page_client import PageClient
from tests.routes import ROUTES, Who

ADMITTED = {
    Who.SIGNED_IN: set(Role),
    Who.TUTOR: {Role.TUTOR, Role.ORGANISER, Role.ADMINISTRATOR},
    Who.ORGANISER: {Role.ORGANISER, Role.ADMINISTRATOR},
    Who.ADMINISTRATOR: {Role.ADMINISTRATOR},
}
IN_AN_ADDRESS = {"RowConverter": 4711, "LanguageConverter": "fi", "UUIDConverter": "0" * 32}
BEHIND_A_GATE = sorted(rule for rule, who in ROUTES.items() if who in ADMITTED)


@pytest.fixture
def gates(make_app: MakeApp) -> Iterator[Flask]:
    """The application as in production but for CSRF, which would answer before the gates."""
    app = make_app()
    app.config |= {"WTF_CSRF_ENABLED": False, "PROPAGATE_EXCEPTIONS": False}
    with app.app_context():
        yield app


def browser_of(app: Flask, role: Role | None) -> PageClient:
    client = app.test_client()
    if role is None:
        return client
    begin_write()
    user = User(name=role.title(), email=f"{role}@kuntailmo.example", email_key=f"{role}@kuntailmo.example", role=role)
    user.municipality_code = "092"
    db.session.add(user)
    db.session.flush()
    token = sign_in.redeem_link(sign_in.link(user))
    db.session.commit()
    with client.session_transaction() as cookie:
        cookie[SESSION_KEY] = token
    return client


def requests_to(app: Flask, rules: list[str]) -> Iterator[tuple[str, str, str]]:
    """Rule, method and an address that fits it, for each method a person can use."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.rule in rules:
            address = adapter.build(rule.endpoint, _values(app, rule))
            yield from (
                (rule.rule, method, address) for method in sorted(rule.methods or ()) if method in {"GET", "POST"}
            )


def _values(app: Flask, rule: Rule) -> dict[str, object]:
    kinds = {name: type(converter).__name__ for name, converter in rule._converters.items()}
    return {name: IN_AN_ADDRESS.get(kind, "nothing") for name, kind in kinds.items()}


def is_denied(client: PageClient, method: str, address: str) -> bool:
    answer = client.open(address, method=method, check_html=False)
    assert answer.status_code < 500, f"{method} {address} fails with {answer.status}"
    with client.application.test_request_context():
        sign_in_page = url_for("public.sign_in.ask").removeprefix("/fi")
    sent_to_sign_in = f"{sign_in_page}?next=" in (answer.location or "")
    return answer.status_code in {401, 403} or sent_to_sign_in


def test_someone_has_decided_who_may_open_each_address(gates: Flask) -> None:
    there = {rule.rule for rule in gates.url_map.iter_rules()}
    in_production = {rule for rule, who in ROUTES.items() if who is not Who.DEVELOPMENT}
    assert there - ROUTES.keys() == set(), "decide in tests/routes.py who may open these"
    assert in_production - there == set(), "these are no more"


def test_what_is_for_development_is_there_only_in_development(gates: Flask, make_app: MakeApp) -> None:
    for_development = {rule for rule, who in ROUTES.items() if who is Who.DEVELOPMENT}
    developing = make_app(environment="development")
    assert {rule.rule for rule in developing.url_map.iter_rules()} == set(ROUTES)
    assert for_development & {rule.rule for rule in gates.url_map.iter_rules()} == set()


def test_every_audience_has_a_gate(gates: Flask) -> None:
    for name in gates.blueprints:
        audience = name.partition(".")[0]
        gate = gates.before_request_funcs.get(audience, [None])[0]
        assert gate, f"{audience} has no gate"
        assert gate.__module__ == "app.access", f"{audience} is guarded by {gate.__module__}, not by app/access.py"


@pytest.mark.parametrize("visitor", [None, *Role])
def test_staff_addresses_open_only_to_whom_they_are_for(gates: Flask, visitor: Role | None) -> None:
    client = browser_of(gates, visitor)
    for rule, method, address in requests_to(gates, BEHIND_A_GATE):
        admitted = visitor in ADMITTED[ROUTES[rule]]
        assert is_denied(client, method, address) is not admitted, f"{method} {rule} for {visitor or 'nobody'}"


def test_public_addresses_ask_nobody_to_sign_in(gates: Flask) -> None:
    client = browser_of(gates, None)
    public = [rule for rule, who in ROUTES.items() if who in {Who.ANYONE, Who.LINK}]
    for rule, method, address in requests_to(gates, public):
        assert not is_denied(client, method, address), f"{method} {rule}"


def test_a_secret_that_is_none_opens_nothing(gates: Flask) -> None:
    client = browser_of(gates, None)
    links = [rule for rule, who in ROUTES.items() if who is Who.LINK]
    for rule, method, address in requests_to(gates, links):
        answer = client.open(address, method=method, check_html=False)
        assert answer.status_code in {400, 404, 405, 410}, f"{method} {rule} gives {answer.status_code}"
