"""The pages the law asks for, the feedback on accessibility with its 14 days, and what search engines may find."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from sqlalchemy import select

from app import clock, privacy
from app.database import db
from app.messages import retention
from app.messages.models import Message
from app.people import sign_in
from app.public import privacy_notice
from tests import builders
from tests.conftest import MakeApp
from tests.page_client import PageClient

LANGUAGES = ("fi", "sv", "en")
EACH_LANGUAGE = pytest.mark.parametrize("spoken", LANGUAGES)
FEEDBACK = "/en/accessibility-feedback"


def mails(occasion: str) -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.occasion == occasion).order_by(Message.id)))


@EACH_LANGUAGE
def test_the_footer_of_every_page_leads_to_what_the_law_asks_for(client: PageClient, spoken: str) -> None:
    footer = client.get(f"/{spoken}/sign-in").document.find(".//footer")
    assert footer is not None
    targets = {link.get("href") for link in footer.iter("a")}
    assert {f"/{spoken}/accessibility", f"/{spoken}/accessibility-feedback", f"/{spoken}/privacy"} <= targets
    for target in targets - {None}:
        if target.startswith("/"):
            assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    ("spoken", "title", "status", "supervisor", "site", "provider"),
    [
        ("fi", "Saavutettavuusseloste", "osittain", "Liikenne- ja viestintävirasto Traficom",
         "www.saavutettavuusvaatimukset.fi", "Uudenmaan liitto"),
        ("sv", "Tillgänglighetsutlåtande", "delvis", "Transport- och kommunikationsverket Traficom",
         "www.tillganglighetskrav.fi", "Nylands förbund"),
        ("en", "Accessibility statement", "in part", "Finnish Transport and Communications Agency Traficom",
         "www.webaccessibility.fi", "Helsinki-Uusimaa Regional Council"),
    ],
)  # fmt: skip
def test_the_statement_has_all_that_the_act_asks_for(
    client: PageClient, spoken: str, title: str, status: str, supervisor: str, site: str, provider: str
) -> None:
    page = client.get(f"/{spoken}/accessibility")
    assert page.h1 == title
    for needed in (status, supervisor, site, provider, "saavutettavuus@example.org", "14 ", "306/2019", "WCAG 1.3.1"):
        assert needed in page.words
    assert "aluehallintovirasto" not in page.words  # supervised until 2024
    assert page.document.get("lang") == spoken
    assert client.click(page, {"fi": "Anna palautetta saavutettavuudesta", "sv": "Ge respons på tillgängligheten",
                               "en": "Give feedback on accessibility"}[spoken]).status_code == 200  # fmt: skip


@EACH_LANGUAGE
def test_the_privacy_notice_names_the_installation_s_own_controller(make_app: MakeApp, spoken: str) -> None:
    names = {f"organisation_{code}": f"Kunta {code}" for code in LANGUAGES}
    client = make_app(**names, contact_phone="09 123 4567", processors="Palvelin Oy (Suomi)").test_client()
    page = client.get(f"/{spoken}/privacy")
    for needed in (f"Kunta {spoken}", "09 123 4567", "Palvelin Oy (Suomi)", "tietosuoja@example.org", "tietosuoja.fi",
                   "1050/2018", "906/2019", "2 "):  # fmt: skip
        assert needed in page.words
    headings = [heading.text for heading in page.document.iter("h2")]
    assert [heading.split(".")[0] for heading in headings] == [str(number) for number in range(1, 14)]


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("fi", "Sparrauspyynnön yhteyshenkilö pääsee vahvistusviestin linkistä pyynnön sivulle."),
        ("sv", "Kontaktpersonen för en sparringsförfrågan kommer via länken i bekräftelsen till förfrågans sida."),
        ("en", "The link in the confirmation of a sparring request leads its contact to the request’s page."),
    ],
)
def test_the_notice_tells_the_contact_of_a_sparring_request_where_to_copy_and_erase_the_own_data(
    client: PageClient, spoken: str, sentence: str
) -> None:
    rights = client.get(f"/{spoken}/privacy").words.partition("11. ")[2].partition("12. ")[0]
    assert sentence in rights
    assert rights.count("(JSON)") == 2


def test_what_the_notice_says_of_keeping_is_what_the_service_does() -> None:
    """If one of these changes, change app/public/privacy_notice.py in three languages."""
    assert privacy.REGISTRATIONS_KEPT == privacy.MESSAGES_KEPT == privacy.REFUSALS_KEPT == timedelta(days=365)
    assert timedelta(days=14) == privacy.SENSITIVE_KEPT
    assert timedelta(days=7) == privacy.ADDRESS_CHANGES_KEPT
    assert privacy.ATTEMPTS_KEPT == privacy.SIGN_INS_KEPT == timedelta(days=1)
    assert timedelta(days=730) == privacy.ACCESS_LOG_KEPT
    assert timedelta(days=30) == retention.BODY_LASTS
    assert timedelta(minutes=15) == sign_in.CODE_LASTS
    assert len({len(privacy_notice.kept(spoken)) for spoken in LANGUAGES}) == 1


@EACH_LANGUAGE
def test_the_contact_page_tells_whom_to_write_to(client: PageClient, spoken: str) -> None:
    words = client.get(f"/{spoken}/contact").words
    for address in ("kuntailmo@example.org", "saavutettavuus@example.org", "tietosuoja@example.org"):
        assert address in words


@time_machine.travel(datetime(2026, 11, 23, 22, 30, tzinfo=UTC), tick=False)  # already the 24th in Helsinki
def test_feedback_with_an_address_reaches_the_mailbox_with_the_day_it_must_be_answered_by(client: PageClient) -> None:
    page = client.get(f"{FEEDBACK}?page=/fi/events/syysseminaari")
    done = client.submit(page, message="The map\ncannot be read", email="eva@porvoo.example")
    assert done.history[-1].status_code == 303
    assert done.h1 == "Thank you for your feedback"
    (mail,) = mails("accessibility-feedback")
    assert (mail.recipient, mail.reply_to, mail.language) == ("saavutettavuus@example.org", "eva@porvoo.example", "fi")
    for told in ("The map\n", "cannot be read", "/fi/events/syysseminaari", "8.12.2026"):
        assert told in mail.text
    assert "8.12.2026" in mail.subject
    (receipt,) = mails("accessibility-feedback-received")
    assert (receipt.recipient, receipt.language) == ("eva@porvoo.example", "en")
    assert "8 December 2026" in receipt.text
    assert "map" not in receipt.text


def test_feedback_may_be_anonymous(client: PageClient) -> None:
    assert client.submit(client.get(FEEDBACK), message="Hyvä palvelu").h1 == "Thank you for your feedback"
    (mail,) = mails("accessibility-feedback")
    assert mail.reply_to is None
    assert mails("accessibility-feedback-received") == []


def test_feedback_without_words_or_with_a_wrong_address_keeps_what_was_typed(client: PageClient) -> None:
    page = client.submit(client.get(FEEDBACK), email="eva@", page="Etusivu")
    assert page.errors == [
        "Write what did not work or what could be better",
        "Enter an email address like name@municipality.fi",
    ]
    assert 'value="eva@"' in page.text
    assert 'value="Etusivu"' in page.text
    assert mails("accessibility-feedback") == []


@pytest.mark.parametrize("asked", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil"])
def test_only_a_page_of_this_service_is_filled_in_beforehand(client: PageClient, asked: str) -> None:
    assert asked not in client.get(FEEDBACK, query_string={"page": asked}).document.find(".//main").itertext()
    assert f'name="page" type="text" value="{asked}"' not in client.get(FEEDBACK, query_string={"page": asked}).text


def test_the_form_cannot_be_used_to_flood_someone_s_mailbox(client: PageClient) -> None:
    for _ in range(4):
        client.submit(client.get(FEEDBACK), message="x", email="eva@porvoo.example")
    assert len(mails("accessibility-feedback")) == 4
    assert len(mails("accessibility-feedback-received")) == 3
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        client.submit(client.get(FEEDBACK), message="x", email="EVA@porvoo.example")
    assert len(mails("accessibility-feedback-received")) == 4


def test_secret_addresses_are_kept_out_of_search_engines(client: PageClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /r/", "Disallow: /j/", "Disallow: /staff/", "Disallow: /sign-in/"} <= set(lines)
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines
    assert 'content="noindex"' in client.get("/fi/sign-in").text


def test_the_sitemap_lists_what_is_public_in_each_language(client: PageClient) -> None:
    builders.event(slug="syysseminaari")
    builders.event(slug="luonnos", status="draft")
    answer = client.get("/sitemap.xml")
    urls = [node.text for node in ElementTree.fromstring(answer.text).findall(".//{*}loc")]
    for spoken in LANGUAGES:
        assert f"http://localhost:8000/{spoken}/events/syysseminaari" in urls
    assert not [url for url in urls if "luonnos" in url]
    for url in urls:
        if "syysseminaari" not in url:
            assert client.get(url.removeprefix("http://localhost:8000")).status_code == 200
