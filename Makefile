# `make demo` and `make test` are all a newcomer types; both set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup demo test lint types contract check bench quarter understanding gallery pictures report-pictures accuracy clean

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("postdesk needs Python 3.11 or newer; try: make PYTHON=python3.12") if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing postdesk into $(VENV) (once) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517 --editable '.[dev]'
	@touch $@

setup: $(STAMP)

demo: $(STAMP)
	@$(BIN)/postdesk demo

test: $(STAMP)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: $(STAMP)
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(STAMP)
	@$(BIN)/mypy

contract: $(STAMP)
	@$(BIN)/lint-imports

check: lint types contract test

bench: $(STAMP)
	@$(BIN)/python -m benchmarks.parsing_speed
	@$(BIN)/python -m benchmarks.throughput
	@$(BIN)/python -m benchmarks.report_speed

quarter: $(STAMP)
	@$(BIN)/python -m benchmarks.quarter

understanding: $(STAMP)
	@$(BIN)/python -m benchmarks.understanding

accuracy: $(STAMP)
	@$(BIN)/python -m benchmarks.accuracy

gallery: $(STAMP)
	@$(BIN)/python -m benchmarks.gallery

pictures: $(STAMP)
	@$(BIN)/python -m benchmarks.pictures

report-pictures: $(STAMP)
	@$(BIN)/python -m benchmarks.report_pictures

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage*
