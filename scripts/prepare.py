"""Brings the database up to date and gives an empty one a demo season. One process: starting costs a second."""

from flask_migrate import upgrade

import config
from app import create_app

if __name__ == "__main__":
    app = create_app()
    with app.app_context():
        upgrade(directory=str(config.ROOT / "migrations"))
        app.cli.commands["seed-demo"].main(["--if-empty"], standalone_mode=False)
