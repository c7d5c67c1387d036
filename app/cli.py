"""Commands: `flask --help` lists them."""

import sys

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.exc import InterfaceError, OperationalError

from app import incoming_mail, worker
from app.database import begin_write, db
from app.demo.command import seed_demo
from app.errors import Refused
from app.language import speaking
from app.messages.incoming import LARGEST
from app.people import queries as people
from app.people import sign_in
from app.people.administration import Profile, add_user
from app.people.models import Role
from app.questions.sensitive import can_be_sealed
from app.registrations import doctor, key_rotation, links

TRY_AGAIN_LATER = 75  # EX_TEMPFAIL: the mail server keeps the mail and pipes it again

users = AppGroup("users", help="The people who sign in.")


@users.command("sign-in-link")
@click.argument("email")
def sign_in_link(email: str) -> None:
    """Print a one-time sign-in link for EMAIL; it is valid for 15 minutes."""
    begin_write()
    user = people.user_by_email(email)
    if user is None or not user.active:
        raise click.ClickException(f"no active user has the address {email}")
    token = sign_in.link(user)
    db.session.commit()
    click.echo(links.address(f"/sign-in/{token}"))


@users.command("add")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.ORGANISER.value)
@click.option("--municipality", help="the three-digit code; needed for a tutor")
def add(email: str, name: str, role: str, municipality: str | None) -> None:
    """Let NAME sign in by codes mailed to EMAIL: how a new installation gets its first administrator."""
    if role == Role.TUTOR and not municipality:
        raise click.UsageError("a tutor needs --municipality")
    begin_write()
    profile = Profile(name=name, email=email, role=Role(role), municipality_code=municipality, language="fi")
    try:
        with speaking("en"):
            add_user(profile)
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    db.session.commit()
    click.echo(f"{name} may sign in at {links.address('/staff/')}")


@click.command("doctor")
def examine() -> None:
    """Check what must always be true; list what is not, and exit with 1 if anything is wrong."""
    findings = doctor.examine()
    for finding in findings:
        click.echo(f"{'note: ' if finding.note else ''}{finding.text}")
    if any(not finding.note for finding in findings):
        sys.exit(1)
    click.echo("All is well.")


@click.command("worker")
def work() -> None:
    """Deliver mail, tell the many, and forget what is due, until stopped."""
    worker.serve()


@click.command("deliver-mail")
def deliver_mail() -> None:
    """Write what is due to many, deliver all mail that is due, and stop."""
    for step in (worker.remind, worker.tell_of_openings, worker.announce):
        while step():
            pass
    delivered = 0
    while tried := worker.deliver_pass():
        delivered += tried
    click.echo(f"{delivered} messages tried")


@click.command("rotate-sensitive-keys")
def rotate_sensitive_keys() -> None:
    """Seal every sensitive answer anew with the first of SENSITIVE_KEYS; then the other keys can be taken away."""
    if not can_be_sealed():
        raise click.ClickException("SENSITIVE_KEYS is not set")
    sealed = unreadable = 0
    place: key_rotation.Place | None = (0, 0)
    while place is not None:
        begin_write()
        step = key_rotation.step(place)
        db.session.commit()
        sealed, unreadable, place = sealed + step.sealed, unreadable + step.unreadable, step.next
    click.echo(f"{sealed} answers are sealed with the first key")
    if unreadable:
        raise click.ClickException(f"{unreadable} answers cannot be opened by any key, and stay as they are")


@click.command("read-mail")
@click.option("--recipient", default="", help="the envelope's recipient, when the mail server tells it")
def read_mail(recipient: str) -> None:
    """Read one mail from standard input, as a mail server pipes it: a bounce or a calendar's reply.

    Exits with 0 also for mail that it cannot understand: anything else would make the mail server write to the
    sender. 75 while the database is away.
    """
    piped = sys.stdin.buffer
    raw = piped.read(LARGEST)
    while piped.read(LARGEST):
        pass  # a mail server takes a pipe that closes early for a fault
    try:
        kind = incoming_mail.take(raw, recipient=recipient)
    except (OperationalError, InterfaceError):
        sys.exit(TRY_AGAIN_LATER)
    click.echo(kind.value)


def init_app(app: Flask) -> None:
    for command in (users, examine, work, deliver_mail, read_mail, rotate_sensitive_keys, seed_demo):
        app.cli.add_command(command)
