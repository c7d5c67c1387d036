"""A service that would be unsafe does not start, and says which variable is missing."""

import pytest

import config

SAFE = {
    "secret_key": "s" * 32,
    "link_key": "l" * 32,
    "mail_sender": "kuntailmo@example.org",
    "base_url": "https://kuntailmo.example",
}


def load(**given: object) -> config.Settings:
    return config.load(_env_file=None, **given)


def test_production_starts_with_secrets_and_a_sender() -> None:
    settings = load(environment="production", **SAFE)
    assert settings.environment is config.Environment.PRODUCTION
    assert not settings.in_development


@pytest.mark.parametrize("missing", SAFE)
def test_production_without_one_of_them_names_it(missing: str) -> None:
    with pytest.raises(config.MissingSettings, match=missing.upper()):
        load(environment="production", **{name: value for name, value in SAFE.items() if name != missing})


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(config.MissingSettings) as stopped:
        load(environment="production")
    assert all(name.upper() in str(stopped.value) for name in SAFE)


def test_production_is_what_an_installation_gets_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ENVIRONMENT", raising=False)
    with pytest.raises(config.MissingSettings):
        load()


@pytest.mark.parametrize("name", ["secret_key", "link_key"])
def test_a_short_secret_is_refused_without_being_shown(name: str) -> None:
    with pytest.raises(config.MissingSettings, match=f"{name.upper()} must have at least 32") as stopped:
        load(environment="production", **SAFE | {name: "too-short-a-secret"})
    assert "too-short-a-secret" not in str(stopped.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("mail_port", "0"), ("mail_sender", "nobody"), ("trusted_proxies", "-1"), ("environment", "prod")],
)
def test_a_value_that_cannot_be_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name.upper(), value)
    with pytest.raises(config.MissingSettings, match=name.upper()):
        load()


def test_an_empty_variable_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    with pytest.raises(config.MissingSettings, match="SECRET_KEY"):
        load(environment="production", **{name: value for name, value in SAFE.items() if name != "secret_key"})


def test_secrets_are_not_in_what_a_log_or_a_traceback_would_show() -> None:
    shown = repr(load(environment="production", **SAFE, mail_password="p4ssword"))
    assert not any(secret in shown for secret in (SAFE["secret_key"], SAFE["link_key"], "p4ssword"))


def test_development_needs_nothing() -> None:
    assert load(environment="development").in_development


def test_the_key_of_links_is_not_the_key_of_sessions() -> None:
    with pytest.raises(config.MissingSettings, match="LINK_KEY must be another"):
        load(environment="production", **SAFE | {"link_key": SAFE["secret_key"]})


def test_a_mail_password_is_never_sent_in_the_clear() -> None:
    with pytest.raises(config.MissingSettings, match="MAIL_USE_TLS"):
        load(environment="testing", mail_server="mail.example.org", mail_username="kuntailmo", mail_password="secret")
    assert load(environment="testing", mail_password="secret", mail_server="mail.example.org", mail_use_tls=True)


def test_without_a_public_address_links_lead_to_the_port_of_this_machine() -> None:
    assert load(environment="testing", port=8123).base_url == "http://localhost:8123"
    assert load(environment="testing", base_url="https://kuntailmo.example/").base_url == "https://kuntailmo.example"
