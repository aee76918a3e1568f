# Two commands: `make run` and `make test`. Needs Python 3.11, pip and make; everything else comes from here.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup run check test test-long bench wheel lock clean browser

help:
	@echo "make run        the system with a sample department at http://$(ADDRESS):$(PORT)"
	@echo "make test       all tests (PostgreSQL and Chromium included)"
	@echo "make setup      the environment only"
	@echo "make check      format, lint, types, imports"
	@echo "make test-long  crash, soak and size runs"
	@echo "make bench      figures, as ratios within one run"

$(VENV)/.installed: requirements-dev.txt pyproject.toml hatch_build.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.bundled: $(VENV)/.installed web/ui/package-lock.json web/ui/build.py web/ui/build.mjs $(shell find web/ui/src -type f 2>/dev/null)
	$(BIN)/python web/ui/build.py
	@touch $@

setup: $(VENV)/.installed $(VENV)/.bundled
	@echo "Ready: $(VENV)"

run: setup
	@$(BIN)/bangiao demo --host $(ADDRESS) --port $(PORT)

check: $(VENV)/.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pyright

browser:
	@sh tests/browser.sh

test: setup browser
	$(BIN)/pytest -n $(WORKERS) --dist loadfile -m "not long" $(ARGS)

test-long: setup browser
	$(BIN)/pytest -m long --timeout 1800 $(ARGS)

bench: setup
	$(BIN)/python -m tests.bench

wheel: setup
	$(BIN)/python -m web.translations.build
	$(BIN)/python -m build --wheel --no-isolation

lock:
	$(BIN)/uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements.in -o requirements.txt
	$(BIN)/uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf $(VENV) web/ui/node_modules web/static/bundle build dist test-output
