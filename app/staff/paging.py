"""One page of a long list: the one that ?page= asks for, or the last."""

from dataclasses import dataclass
from math import ceil

from flask import request


@dataclass(frozen=True)
class Page:
    number: int
    of: int
    length: int

    @property
    def begins(self) -> int:
        """How many rows stand on the pages before."""
        return (self.number - 1) * self.length


def asked(rows: int, *, length: int) -> Page:
    """The page of so many rows; a list without rows has one page too."""
    pages = max(1, ceil(rows / length))
    return Page(min(max(1, request.args.get("page", 1, type=int)), pages), pages, length)
