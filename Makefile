# Both commands set up all they need in .venv; Python 3.11 or newer and pip are enough.
#
#   make demo    clean everything under fixtures/ into out/ and show what was kept and removed
#   make test    format, lint, types, documentation, tests

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

# What a program imports is compiled once, not by each process anew, and kept out of the sources.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/$(VENV)/pycache

.DEFAULT_GOAL := help
.PHONY: help demo test lint types docs tests format clean

help:
	@sed -n 's/^#   //p' Makefile

PAGES := $(shell find fixtures -name '*.html' | LC_ALL=C sort)
TEXTS := $(filter-out %.clean.txt,$(sort $(wildcard fixtures/texts/*.txt)))

demo: $(VENV)/installed
	@$(BIN)/cleaner clean $(PAGES) $(TEXTS) -o out --to text --to markdown --table

test: lint types docs tests

lint: $(VENV)/developer
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/developer
	$(BIN)/mypy

docs: $(VENV)/developer
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

# One process a core; the tests of a file stay together, as they share servers and trained models.
tests: $(VENV)/developer
	$(BIN)/pytest -n auto --dist loadfile

format: $(VENV)/developer
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) out site build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# An old pip knows no dependency groups and can loop over extras, so a new one comes first.
$(VENV)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade pip
	@touch $@

$(VENV)/installed: pyproject.toml | $(VENV)/pip
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/developer: pyproject.toml | $(VENV)/pip
	$(PIP) install --quiet --no-compile --editable '.[all]' --group dev
	@touch $@ $(VENV)/installed
