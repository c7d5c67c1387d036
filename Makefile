# `make` alone lists what there is. Needs Python 3.11 or newer; everything else is fetched.

PYTHON ?= python3
UV := .uv/bin/uv
IN := .venv/bin
POSTGRES := $(IN)/python scripts/postgres.py
PYTEST := $(IN)/python -m pytest

export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON := $(PYTHON)
export FLASK_APP := wsgi
export PYTHONPATH := .

CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)

.PHONY: help
help:  ## list the targets
	@grep -E '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*  ## (.*)/  make \1\t\2/' | expand -t 24

.PHONY: run
run: ready  ## start the service with a demo season; mail is caught, not sent
	@exec $(IN)/python scripts/run.py

.PHONY: test
test:  ## everything a change must pass: checks, both databases, browsers, coverage
	@$(MAKE) -j 2 tools check  # what is fetched and installed comes while the checks run
	@rm -rf .coverage
	PYTEST_PLUGINS=tests.coverage_of_app $(PYTEST) -q -n 2 --dist worksteal --ignore=tests/browser
	TEST_DATABASE=postgresql $(POSTGRES) $(PYTEST) -q -n 2 --dist worksteal --ignore=tests/browser
	$(PYTEST) -q -n 3 --dist load --maxschedchunk 1 tests/browser  # a browser's test waits now and then
	@$(IN)/python -m slipcover --merge .coverage/*.json --out .coverage/all.json

.PHONY: test-fast
test-fast: ready  ## the inner loop: SQLite, no browser, stops at the first failure
	$(PYTEST) -x -q --ignore=tests/browser $(TESTS)

.PHONY: prove
prove:  ## make test with all rounds of each race and all kills
	PROVE=1 $(MAKE) test

.PHONY: bench
bench: ready  ## measure against a bare Flask application, as JSON
	@$(POSTGRES) $(IN)/python -m bench

.PHONY: check
check: ready  ## format, lint, types, templates and translations
	$(IN)/ruff format --check .
	$(IN)/ruff check .
	$(IN)/mypy
	$(IN)/djlint --lint --quiet templates
	$(IN)/python scripts/check_translations.py

.PHONY: format
format: ready  ## format the code and mend what the linter can
	$(IN)/ruff check --fix --quiet .
	$(IN)/ruff format .

.PHONY: translations
translations: ready  ## bring the catalogues up to date with the texts in the code
	@mkdir -p var translations
	$(IN)/pybabel -q extract -F babel.cfg -k _l -k lazy_gettext -k lazy_ngettext -k lazy_pgettext:1c,2 --no-location -o var/messages.pot .
	@for language in fi sv; do test -e translations/$$language || \
	  $(IN)/pybabel -q init -i var/messages.pot -d translations -l $$language; done
	$(IN)/pybabel -q update -i var/messages.pot -d translations --no-fuzzy-matching --ignore-obsolete --omit-header
	$(IN)/python scripts/check_translations.py

.PHONY: assets
assets: .venv/.synced  ## build style sheets, scripts and fonts
	@$(IN)/python scripts/build_assets.py

.PHONY: clean
clean:  ## remove what was fetched and built; the data in var/ stays
	rm -rf .uv .venv node_modules static/build .coverage .pytest_cache .mypy_cache .ruff_cache
	find app migrations scripts tests -name __pycache__ -prune -exec rm -rf {} +

.PHONY: ready
ready: .venv/.synced .venv/.translated assets

.PHONY: tools
tools: | $(UV)  # which may have to ask apt too
	@$(PYTHON) scripts/system_tools.py

$(UV): scripts/get_uv.py
	@$(PYTHON) scripts/get_uv.py
	@touch $@

.venv/.synced: pyproject.toml uv.lock | $(UV)
	@$(UV) sync --locked --compile-bytecode --quiet
	@touch $@

.venv/.translated: $(CATALOGUES) | .venv/.synced
	@# a catalogue without a header counts as unsure, so --use-fuzzy; check_translations.py lets no unsure text through
	@if [ -n "$(CATALOGUES)" ]; then $(IN)/pybabel -q compile --use-fuzzy -d translations; fi
	@touch $@
