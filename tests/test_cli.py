"""Commands that no page does: the first administrator, and one pass of delivery."""

from sqlalchemy import select

from app.database import db
from app.people.models import User
from tests.page_client import CommandRunner


def test_a_new_installation_gets_its_first_administrator_from_the_command_line(runner: CommandRunner) -> None:
    result = runner.invoke(args=["users", "add", "anna@uusimaa.example", "Anna", "--role", "administrator"])
    assert result.exit_code == 0, result.output
    assert db.session.scalars(select(User.role)).one() == "administrator"
    printed = runner.invoke(args=["users", "sign-in-link", "Anna@Uusimaa.example"]).output
    assert "/sign-in/" in printed


def test_the_same_address_is_not_added_twice(runner: CommandRunner) -> None:
    arguments = ["users", "add", "anna@uusimaa.example", "Anna"]
    assert runner.invoke(args=arguments).exit_code == 0
    again = runner.invoke(args=arguments)
    assert again.exit_code == 1
    assert "already" in again.output


def test_a_tutor_is_added_with_a_municipality_or_not_at_all(runner: CommandRunner) -> None:
    arguments = ["users", "add", "t@espoo.example", "T", "--role", "tutor"]
    assert runner.invoke(args=arguments).exit_code == 2
    assert runner.invoke(args=[*arguments, "--municipality", "049"]).exit_code == 0


def test_nobody_gets_a_sign_in_link_without_being_a_user(runner: CommandRunner) -> None:
    assert runner.invoke(args=["users", "sign-in-link", "nobody@example.org"]).exit_code == 1
