"""Which window of a poll suits best: required yes ×3, required if need be ×1; a required no rules a window out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app import wording
from app.database import db
from app.sparring import poll_queries
from app.sparring.poll_models import Poll, PollWindow, Suits, Vote, Voter

_WEIGHT = {Suits.YES: 3, Suits.IF_NEED_BE: 1, Suits.NO: 0}


@dataclass(frozen=True)
class Row:
    """A window with what each voter says of it; who is silent is not among the votes."""

    window: PollWindow
    votes: dict[int, Vote]
    voters: Sequence[Voter]

    def says(self, voter: Voter) -> Suits | None:
        vote = self.votes.get(voter.id)
        return vote.suits if vote else None

    @property
    def against(self) -> list[Voter]:
        """The required ones who cannot: they rule the window out."""
        return [voter for voter in self.voters if voter.is_required and self.says(voter) is Suits.NO]

    @property
    def score(self) -> int:
        return sum(_WEIGHT[vote.suits] for voter in self.voters if voter.is_required and (vote := self.vote_of(voter)))

    def vote_of(self, voter: Voter) -> Vote | None:
        return self.votes.get(voter.id)

    def count(self, suits: Suits, *, required: bool) -> int:
        return sum(self.says(voter) is suits for voter in self.voters if voter.is_required is required)


@dataclass(frozen=True)
class Results:
    poll: Poll
    voters: Sequence[Voter]
    rows: Sequence[Row]

    @property
    def silent(self) -> list[Voter]:
        return [voter for voter in self.voters if voter.answered_at is None]

    @property
    def possible(self) -> list[Row]:
        """Those that nobody required rules out, the best first; of equals the one that suits more of the others."""
        open_ = [row for row in self.rows if not row.against]
        return sorted(open_, key=lambda row: (-row.score, -row.count(Suits.YES, required=False), row.window.starts_at))

    @property
    def best(self) -> Row | None:
        """None while nobody has said yes to anything."""
        first = next(iter(self.possible), None)
        return first if first and any(vote.suits is not Suits.NO for vote in first.votes.values()) else None


def results(poll: Poll) -> Results:
    voters = poll_queries.voters(poll)
    votes = db.session.scalars(select(Vote).where(Vote.voter_id.in_([voter.id for voter in voters]))).all()
    rows = [
        Row(window, {vote.voter_id: vote for vote in votes if vote.window_id == window.id}, voters)
        for window in poll_queries.windows(poll)
    ]
    return Results(poll, voters, rows)


def suggested_start(row: Row, poll: Poll) -> datetime:
    """The latest exact start that anyone who can come has asked for, where the meeting still fits; else the first."""
    last = row.window.ends_at - timedelta(minutes=poll.duration_minutes)
    asked = [vote.starts_at for vote in row.votes.values() if vote.starts_at and vote.suits is not Suits.NO]
    return min(max(asked, default=row.window.starts_at), last)


def in_words(found: Results, language: str) -> str:
    """The best choice, and what speaks for it, as one would tell it."""
    if len(found.silent) == len(found.voters):
        return _("Nobody has answered yet.")
    if found.best is None:
        return _("No time suits all who are required. Close this poll and propose other times.")
    window, required = found.best.window, [voter for voter in found.voters if voter.is_required]
    yes, maybe = (found.best.count(suits, required=True) for suits in (Suits.YES, Suits.IF_NEED_BE))
    when = wording.when(window.starts_at, window.ends_at, language)
    if yes == len(required):
        sentences = [_("Best: %(when)s. It suits all who are required.", when=when)]
    else:
        sentences = [
            _("Best: %(when)s. Of the %(required)s who are required, it suits %(yes)s, and %(maybe)s if need be.",
              when=when, required=len(required), yes=yes, maybe=maybe)
        ]  # fmt: skip
    if found.silent:
        silent = len(found.silent)
        sentences.append(ngettext("%(num)s has not answered yet.", "%(num)s have not answered yet.", silent))
    return " ".join(sentences)
