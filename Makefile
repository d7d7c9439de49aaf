# What a person and CI type. `make help` lists it. Needs Python 3.11 or newer, make and git.

.DEFAULT_GOAL := help
SHELL := /bin/sh
.DELETE_ON_ERROR:

PORT ?= 8000
WORKERS ?= 1
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

export DJANGO_SETTINGS_MODULE ?= cms.settings.dev
export PIP_DISABLE_PIP_VERSION_CHECK = 1

BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
INSTALL := $(BIN)/python -m pip install --quiet --no-deps --require-hashes
CATALOGS := $(wildcard locale/*/LC_MESSAGES/*.po)
TEMPLATES = $(shell find cms home patientinfo -name '*.html')
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command 'make requirements'

.PHONY: run setup test bench messages help lint format requirements pytest

run: setup ## set everything up, then serve on 127.0.0.1:8000 (PORT=… for another port)
	@echo
	@echo "  Reader      http://127.0.0.1:$(PORT)/en/dry-needling/"
	@echo "  Editors     http://127.0.0.1:$(PORT)/admin/        (sample sign-in: see above)"
	@echo "  Partners    http://127.0.0.1:$(PORT)/partners/     (the sample partner's key: see above)"
	@echo "  Page API    http://127.0.0.1:$(PORT)/api/v1/pages/"
	@echo "  API docs    http://127.0.0.1:$(PORT)/api/v1/docs"
	@echo "  Stop with Ctrl-C."
	@echo
	@PUBLIC_URL=http://127.0.0.1:$(PORT) exec $(BIN)/granian --interface wsgi --no-ws \
		--host 127.0.0.1 --port $(PORT) --workers $(WORKERS) --blocking-threads 4 \
		--log-level warning cms.wsgi:application

setup: .venv/run.stamp .venv/messages.stamp ## all that `run` does, but for the server
	@mkdir -p var
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_sample
	@$(MANAGE) export --format json --output var/export
	@$(MANAGE) export --format po --output var/export

test: lint pytest ## linters, types, contracts, then every test

pytest: .venv/test.stamp .venv/messages.stamp ## the tests alone (PYTEST_ARGS="-k word" for some)
	@DJANGO_SETTINGS_MODULE=cms.settings.test $(BIN)/pytest -n 2 --dist loadfile \
		--no-loadscope-reorder $(PYTEST_ARGS)

lint: export DJANGO_SETTINGS_MODULE = cms.settings.test
lint: .venv/test.stamp ## style, templates, types, layers, migrations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MANAGE) makemigrations --check --dry-run

format: .venv/test.stamp ## put code and templates into the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djhtml --tabwidth 2 $(TEMPLATES)

bench: .venv/bench.stamp .venv/messages.stamp ## measure API and translation; writes docs/benchmarks.md
	@$(BIN)/python -m bench

messages: .venv/run.stamp ## take the interface words from the code into locale/, and compile them
	@$(MANAGE) messages

requirements: .venv/test.stamp ## pin the newest packages that pyproject.toml allows, with hashes
	@$(LOCK) --upgrade --output-file requirements.txt
	@$(LOCK) --upgrade --extra test --constraint requirements.txt \
		--output-file requirements-test.txt
	@$(LOCK) --upgrade --extra bench --constraint requirements.txt \
		--output-file requirements-bench.txt
	@for file in requirements.txt requirements-test.txt requirements-bench.txt; do \
		{ echo "# Install with: python -m pip install --no-deps -r $$file"; \
			echo "# (--no-deps because of pillow-heif: Wagtail asks for it, its wheels are under the GPL,"; \
			echo "# and nothing here uses it. All else that is needed is in this file.)"; \
			cat $$file; } > $$file.new && mv $$file.new $$file; done

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

# What has been done once leaves a stamp, so that the second time is quick.

.venv/bin/python:
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or newer is needed, and none was found: install it, or name one with" \
			"make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -m venv .venv || { \
		echo "$(PYTHON) cannot make a virtual environment (on Debian and Ubuntu:" \
			"apt install python3-venv)" >&2; rm -rf .venv; exit 1; }

.venv/run.stamp: requirements.txt | .venv/bin/python
	@echo "Installing the pinned packages ..."
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/test.stamp: requirements-test.txt | .venv/bin/python
	@echo "Installing the pinned packages for tests ..."
	@$(INSTALL) -r requirements-test.txt
	@touch $@ .venv/run.stamp

.venv/bench.stamp: requirements-bench.txt .venv/run.stamp
	@echo "Installing the pinned packages that the benchmark compares with ..."
	@$(INSTALL) -r requirements-bench.txt
	@touch $@

.venv/messages.stamp: $(CATALOGS) | .venv/run.stamp
	@$(MANAGE) messages --compile
	@touch $@
