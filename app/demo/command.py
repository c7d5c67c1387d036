"""`flask seed-demo`: fills an empty database with the demo season."""

import secrets

import click
from flask import current_app

from app.database import begin_write, db
from app.demo import group, newcomers, season
from app.registrations import booking, groups


@click.command("seed-demo")
@click.option("--if-empty", is_flag=True, help="Do nothing when there are events already.")
@click.option("--force", is_flag=True, help="Also outside development.")
def seed_demo(if_empty: bool, force: bool) -> None:
    """Fill an empty database with the demo season: past and coming events, people, users."""
    begin_write()
    if season.has_events():
        if if_empty:
            return
        raise click.ClickException("there are events already: the demo season is for an empty database")
    if not (force or current_app.config["SETTINGS"].in_development):
        raise click.ClickException("the demo season is for development; --force makes it anyway")
    season.sow()
    db.session.commit()
    for event_id, application in newcomers.applications():
        booking.register(event_id, application, nonce=secrets.token_urlsafe(16))
        db.session.commit()
    event_id, of_group = group.application()
    groups.register(event_id, of_group, nonce=secrets.token_urlsafe(16))
    db.session.commit()
    click.echo("The demo season is ready.")
