# The verbs of this project. `make` alone lists them; CI runs the same ones (.ci/run).

PYTHON ?= python3
BIN := .venv/bin
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo test setup run check fix prove bench docs pictures migrations pins clean

help: ## this list
	@echo "make VERB, where VERB is one of:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r verb sentence; do printf '  %-12s %s\n' $$verb "$$sentence"; done

demo: .venv/run.stamp ## an invented trust on this machine; more with ARGS="--people 15000 --port 8001"
	@exec $(BIN)/python -m imparts demo $(ARGS)

test: .venv/dev.stamp ## everything that CI proves; one part with ARGS="tests/rules"
	@requirements/install browser
	@requirements/install peers
	$(BIN)/python -m pytest -n 4 --maxschedchunk=4 $(ARGS)

setup: .venv/run.stamp ## a site of your own, once: its tables, its first service, its first administrator
	$(BIN)/python -m imparts migrate --quiet
	@$(BIN)/python -m imparts setup $(ARGS)

run: .venv/run.stamp ## a site of your own: migrate, then pages, worker and listener, until Ctrl-C
	$(BIN)/python -m imparts migrate --quiet
	@trap 'kill $$worker $$listener; wait' EXIT INT TERM; \
		$(BIN)/python -m imparts worker & worker=$$!; \
		$(BIN)/python -m imparts listen & listener=$$!; $(BIN)/python -m imparts serve $(ARGS)

check: .venv/dev.stamp ## format, lint, types, import directions, house rules, missing migrations
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint imparts --lint --quiet --profile jinja --extension jinja --ignore H015,H043,J018
	$(BIN)/python -m pytest tests/house -q
	@$(NO_SITE) $(BIN)/python -W ignore manage.py makemigrations --check --dry-run

fix: .venv/dev.stamp ## put the format right, and what else can be mended without asking
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

prove: .venv/dev.stamp ## what takes long: faults again, the demo at the size of a real trust
	$(BIN)/python -m pytest -p no:xdist -m "faults or prove" $(ARGS)

bench: .venv/dev.stamp ## how fast and how heavy, beside a peer in the same run; ARGS="submissions" for one
	@exec $(BIN)/python -m imparts bench $(ARGS)

docs: .venv/dev.stamp ## draw what is made from the files: the map, the guide to the instruments, the sentences to translate
	$(BIN)/python -m tests.house.map
	$(BIN)/python -m tests.house.instrument_guide
	$(BIN)/python -m tests.house.import_guide
	$(BIN)/python -m tests.house.pathway_guide
	$(BIN)/python -m tests.house.spoken

pictures: .venv/dev.stamp ## take the pictures of docs/pictures anew
	$(BIN)/python -m tests.journeys.pictures

migrations: .venv/dev.stamp ## write the migrations that the models ask for
	@$(NO_SITE) $(BIN)/python -W ignore manage.py makemigrations

pins: .venv/dev.stamp ## choose new versions within pyproject.toml and write requirements/*.txt
	@$(BIN)/python -m uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet uv
	$(PIN) -o requirements/run.txt pyproject.toml
	$(PIN) -o requirements/dev.txt --group dev pyproject.toml

clean: ## remove what make and the tests made here; the demo's data in var stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Commands that load the settings and need no site.
NO_SITE := IMPARTS_SECRET_KEY=no-site DATABASE_URL=postgresql://nobody@127.0.0.1:1/none
# notifications-python-client names docopt and never imports it; it comes as source only.
PIN := $(BIN)/python -m uv pip compile --quiet --upgrade --generate-hashes --universal \
	--python-version 3.11 --no-header --no-annotate --no-emit-package docopt

.venv/%.stamp: requirements/%.txt requirements/install
	@requirements/install $*
	@touch $@
