"""The mails about a request that the municipality itself causes: to the contact, the colleagues, the tutors, the team.

None but the last holds what was typed in the form beyond names that hold no link: it goes to an unproven address.
"""

from collections.abc import Collection
from datetime import timedelta

from flask_babel import force_locale
from flask_babel import gettext as _

from app import clock, wording
from app.database import db
from app.link_tokens import address
from app.messages import queries as messages
from app.messages.addresses import folded
from app.messages.layout import Content
from app.people.models import Municipality
from app.sparring import links, namings, posting, queries
from app.sparring.labels import WISHED_MODES
from app.sparring.models import Request, RequestColleague
from app.sparring.posting import TEAM_LANGUAGE, Recipient

RECEIVED, TO_TEAM, AMENDED, CALLED_OFF = (
    f"sparring-{occasion}" for occasion in ("received", "new", "amended", "called-off")
)
COLLEAGUE, COLLEAGUE_REMOVED = "sparring-colleague", "sparring-colleague-removed"
MAILS_A_DAY = 5


def has_had_enough(email: str, occasion: str) -> bool:
    """Whether an address has got as many mails of one sort today as it should, whoever asked for them."""
    return messages.count_to(email, occasion, clock.now() - timedelta(days=1)) >= MAILS_A_DAY


def received(request: Request) -> None:
    """To the contact: the request has come, and the link to its page."""
    if has_had_enough(request.contact_email, RECEIVED):
        return
    spoken = request.contact_language
    with force_locale(spoken):
        content = Content(
            subject=_("Your request for sparring has arrived"),
            heading=_("Thank you, your request has arrived"),
            paragraphs=[
                _("Hello %(name)s,", name=request.contact_name),
                _("We read your wishes and contact you within a few working days. Then we look together for tutors and "
                  "a time that suit you."),
            ],
            facts=_facts(request, spoken),
            action=(_("Follow or change the request"), links.request_url(request)),
            closing=[
                _("On the page you can also add colleagues or call the request off. Keep the link to yourself."),
                _("If you did not ask for this, please write to %(address)s.", address=links.contact()),
            ],
        )  # fmt: skip
        posting.post(posting.contact(request), RECEIVED, request, content)


def to_team(request: Request) -> None:
    """To the service's own address: a new request, by its municipality alone."""
    with force_locale(TEAM_LANGUAGE):
        name = _municipality(request).name(TEAM_LANGUAGE)
        content = Content(
            subject=_("New sparring request: %(municipality)s", municipality=name),
            heading=_("A new sparring request has come"),
            facts=[(_("Municipality"), name)],
            action=(_("Open the request"), _staff_page(request)),
        )
        posting.post(Recipient("", links.contact(), TEAM_LANGUAGE), TO_TEAM, request, content)


def amended(request: Request) -> None:
    """To whoever of the team takes care of the request."""
    team = posting.team(request, _staff_page(request))
    with force_locale(team.language):
        name = _municipality(request).name(team.language)
        content = Content(
            subject=_("%(municipality)s has changed its sparring request", municipality=name),
            heading=_("A sparring request was changed"),
            paragraphs=[_("The municipality changed its wishes. The request’s page shows what was changed.")],
            action=(_("Open the request"), _staff_page(request)),
        )
        posting.post(team, AMENDED, request, content)


def called_off(request: Request, reason: str, *, told: Collection[str]) -> None:
    """To the contact and the colleagues, the tutors who were asked, and the team.

    `told` are the folded addresses of those who have heard it from their calendar.
    """
    for person in posting.municipality(request):
        if folded(person.email) in told:
            continue
        with force_locale(person.language):
            content = Content(
                subject=_("Your request for sparring is called off"),
                heading=_("The request is called off"),
                paragraphs=[_("Nothing more happens with it. You are welcome to ask again whenever you wish.")],
                action=(_("Ask for sparring"), address(f"/{person.language}/sparring/")),
                closing=[_("If this is a mistake, write to %(address)s.", address=links.contact())],
            )
            posting.post(person, CALLED_OFF, request, content)
    for user in namings.busy_with(request):
        if user.email_key in told:
            continue
        _called_off_to_staff(posting.staff(user, _staff_page(request)), request, "")
    _called_off_to_staff(posting.team(request, _staff_page(request)), request, reason)


def _called_off_to_staff(to: Recipient, request: Request, reason: str) -> None:
    with force_locale(to.language):
        name = _municipality(request).name(to.language)
        content = Content(
            subject=_("%(municipality)s has called off its sparring request", municipality=name),
            heading=_("A sparring request was called off"),
            paragraphs=[_("%(municipality)s no longer needs the sparring. You need to do nothing.", municipality=name)],
            facts=[(_("Reason"), reason)] if reason else [],
            action=(_("Open the request"), _staff_page(request)),
        )
        posting.post(to, CALLED_OFF, request, content)


def colleague_added(colleague: RequestColleague) -> None:
    """To a colleague: who added them, and the own link."""
    request = colleague.request
    with force_locale(colleague.language):
        name = request.municipality.name(colleague.language)
        content = Content(
            subject=_("Follow the sparring request of %(municipality)s", municipality=name),
            heading=_("You can follow a sparring request"),
            paragraphs=[
                _("Hello %(name)s,", name=colleague.name),
                _("%(contact)s has asked for digital support sparring for %(municipality)s, and would like you to "
                  "follow how it goes and to add your own wishes.", contact=request.contact_name, municipality=name),
            ],
            action=(_("Follow the request"), links.colleague_url(colleague)),
            closing=[
                _("The link is yours: keep it to yourself. If you know nothing of this, please write to %(address)s.",
                  address=links.contact()),
            ],
        )  # fmt: skip
        posting.post(_as_recipient(colleague), COLLEAGUE, request, content)


def colleague_removed(colleague: RequestColleague) -> None:
    """To a colleague whose link has ended."""
    request = colleague.request
    with force_locale(colleague.language):
        name = request.municipality.name(colleague.language)
        content = Content(
            subject=_("You no longer follow the sparring request of %(municipality)s", municipality=name),
            heading=_("Your link to a sparring request has ended"),
            paragraphs=[
                _("The contact person took you off the request. If this is a mistake, talk to your colleague.")
            ],
        )
        posting.post(_as_recipient(colleague), COLLEAGUE_REMOVED, request, content)


def _facts(request: Request, language: str) -> list[tuple[str, str]]:
    """What was chosen from lists: nothing that somebody could have written for a stranger to read."""
    themes = [str(theme.name.into(language)) for theme in queries.themes_of(request)]
    facts = [(_("Municipality"), _municipality(request).name(language)), (_("Themes"), "; ".join(themes))]
    facts.append((_("Takes place"), str(WISHED_MODES[request.mode])))
    windows = [wording.when(one.starts_at, one.ends_at, language) for one in queries.windows(request)]
    return [(key, value) for key, value in [*facts, (_("Times that suit"), "; ".join(windows))] if value]


def _as_recipient(colleague: RequestColleague) -> Recipient:
    return Recipient(colleague.name, colleague.email, colleague.language, links.colleague_url(colleague))


def _municipality(request: Request) -> Municipality:
    return db.session.get_one(Municipality, request.municipality_code)


def _staff_page(request: Request) -> str:
    return address(f"/staff/sparring/requests/{request.id}")
