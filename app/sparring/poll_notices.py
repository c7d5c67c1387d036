"""The mails of a date poll: asked, reminded once, and to the team when all have answered or the time is up."""

from collections.abc import Callable

from flask_babel import force_locale
from flask_babel import gettext as _

from app import wording
from app.link_tokens import address
from app.messages.layout import Content
from app.sparring import labels, links, poll_queries, posting, queries
from app.sparring.meeting_models import Meeting
from app.sparring.poll_models import Poll, Voter
from app.sparring.posting import Recipient


def asked(voter: Voter) -> None:
    """Which of these times suit you?"""
    _to_voter(voter, "sparring-poll", lambda: _asked(voter))


def reminded(voter: Voter) -> None:
    """The same once more to someone who is silent."""
    _to_voter(voter, "sparring-poll-reminder", lambda: _reminded(voter))


def result(voter: Voter, meeting: Meeting) -> None:
    """To someone who answered and does not take part: what was agreed."""
    _to_voter(voter, "sparring-poll-result", lambda: _result(voter, meeting))


def all_answered(poll: Poll) -> None:
    """To who takes care of the request: the time can be agreed."""
    _to_the_team(poll, _all_answered)


def time_is_up(poll: Poll, silent: int) -> None:
    """To the same: the deadline has passed, and so many have not answered."""
    _to_the_team(poll, lambda poll, about: _time_is_up(poll, about, silent))


def _to_voter(voter: Voter, occasion: str, written: Callable[[], Content]) -> None:
    to = Recipient(voter.name, voter.email, voter.language, links.voter_url(voter))
    with force_locale(voter.language):
        posting.post(to, occasion, voter.poll.request, written())


def _asked(voter: Voter) -> Content:
    poll = voter.poll
    about = labels.meeting_title(poll.request, voter.language)
    return Content(
        subject=_("Which times suit you? %(meeting)s", meeting=about),
        heading=_("Which times suit you?"),
        paragraphs=[
            _("A time is being looked for: %(meeting)s, %(minutes)s minutes.", meeting=about,
              minutes=poll.duration_minutes),
            *_standing(poll, voter.language),
            _("Say of each time whether it suits. You can change your answer until the time is agreed."),
        ],
        facts=[(_("Times"), _times(poll, voter.language)), (_("Answer by"), _answer_by(voter))],
        action=(_("Answer the poll"), links.voter_url(voter)),
    )  # fmt: skip


def _reminded(voter: Voter) -> Content:
    about = labels.meeting_title(voter.poll.request, voter.language)
    return Content(
        subject=_("Your answer is still missing: %(meeting)s", meeting=about),
        heading=_("Your answer is still missing"),
        paragraphs=[_("A time is being looked for, and it depends on you too. It takes a minute.")],
        facts=[(_("Answer by"), _answer_by(voter))],
        action=(_("Answer the poll"), links.voter_url(voter)),
    )


def _result(voter: Voter, meeting: Meeting) -> Content:
    when = wording.when(meeting.starts_at, meeting.ends_at, voter.language)
    return Content(
        subject=_("The time was agreed: %(meeting)s", meeting=labels.meeting_title(meeting.request, voter.language)),
        heading=_("The time was agreed"),
        paragraphs=[
            _("The meeting is held %(when)s.", when=when),
            _("You are not expected this time, and nothing comes to your calendar. Thank you for answering."),
        ],
    )


def _to_the_team(poll: Poll, written: Callable[[Poll, str], Content]) -> None:
    to = posting.team(poll.request, address(f"/staff/sparring/requests/{poll.request_id}/poll"))
    with force_locale(to.language):
        about = labels.meeting_title(poll.request, to.language)
        posting.post(to, "sparring-poll-over", poll.request, written(poll, about))


def _all_answered(poll: Poll, about: str) -> Content:
    return Content(
        subject=_("All have answered: %(meeting)s", meeting=about),
        heading=_("All have answered"),
        paragraphs=[_("The time can be agreed now.")],
        action=(_("See the answers"), address(f"/staff/sparring/requests/{poll.request_id}/poll")),
    )


def _time_is_up(poll: Poll, about: str, silent: int) -> Content:
    return Content(
        subject=_("The time to answer is over: %(meeting)s", meeting=about),
        heading=_("The time to answer is over"),
        paragraphs=[
            _("Not answered: %(number)s.", number=silent) if silent else _("Everyone answered."),
            _("Agree the time, or propose others. Answers are still taken until you do."),
        ],
        action=(_("See the answers"), address(f"/staff/sparring/requests/{poll.request_id}/poll")),
    )


def _standing(poll: Poll, language: str) -> list[str]:
    """That an agreed meeting stays where it is until another time is agreed."""
    meeting = queries.agreed_meeting_of(poll.request)
    if meeting is None:
        return []
    when = wording.when(meeting.starts_at, meeting.ends_at, language)
    return [_("The meeting is agreed for %(when)s. That stands until another time is agreed.", when=when)]


def _times(poll: Poll, language: str) -> str:
    windows = poll_queries.windows(poll)
    return wording.days([(window.starts_at, window.ends_at) for window in windows], language)


def _answer_by(voter: Voter) -> str:
    return wording.date_and_time(voter.poll.answer_by, voter.language)
