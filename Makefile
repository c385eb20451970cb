# Every target runs from a bare machine with git, make and Python 3.11 or newer. `make` alone lists them.
SHELL := /bin/sh
BIN := .venv/bin
ENVIRONMENT := pyproject.toml ops/environment.py ops/bootstrap.lock
TESTS ?= tests

.DEFAULT_GOAL := help
.PHONY: help run dev serve test check engines engines-stop test-engines drill bench screenshots lock clean .venv

help: ## this list
	@echo "Gần Dân: make TARGET [PORT=8000]"
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z-]+):.*## /\1\t/' | \
		while IFS="$$(printf '\t')" read -r name does; do printf '  %-14s %s\n' "$$name" "$$does"; done

run: .venv/runtime.stamp ## the site with the demo commune on http://127.0.0.1:8000, web server and worker together
	@exec $(BIN)/python -m ops.run run

dev: .venv/dev.stamp ## the same data with Django's reloading server and DEBUG on
	@exec $(BIN)/python -m ops.run dev

serve: .venv/runtime.stamp ## the web server alone, production settings over plain HTTP on 127.0.0.1
	@exec $(BIN)/python -m ops.run serve

test: .venv/dev.stamp ## every test that needs no other service (TESTS=tests/unit runs a part)
	@exec $(BIN)/pytest --numprocesses 2 --dist loadfile -m "not drill and not bench" $(TESTS)

check: .venv/dev.stamp ## format, lint, types, templates, migrations, catalogues, deployment settings
	@exec $(BIN)/python -m ops.check

engines: ## start PostgreSQL, Elasticsearch and Redis for tests; prints their addresses
	@python=$$(sh ops/python.sh) && exec $$python -m ops.engines start

engines-stop: ## stop exactly those
	@python=$$(sh ops/python.sh) && exec $$python -m ops.engines stop

test-engines: .venv/dev.stamp ## the tests on PostgreSQL, Redis and a real Elasticsearch
	@exec $(BIN)/python -m ops.test_engines

drill: .venv/dev.stamp ## slow tests: a start from a fresh clone, going to production, every page in every language
	@exec $(BIN)/pytest -m drill --durations 0 tests

bench: .venv/dev.stamp ## our search beside the stock one: the same documents, the same run
	@exec $(BIN)/python -m ops.bench

screenshots: .venv/dev.stamp ## pictures of every page type in var/screenshots
	@exec $(BIN)/python -m tools.screenshots

lock: .venv/dev.stamp ## resolve pyproject.toml into the hash-pinned locks again
	@exec sh ops/lock.sh

clean: ## remove what the tools made; keeps .env, var/ and .venv
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

.venv: .venv/dev.stamp

.venv/runtime.stamp: requirements.lock $(ENVIRONMENT)
	@python=$$(sh ops/python.sh) && exec $$python -m ops.environment runtime

.venv/dev.stamp: requirements-dev.lock $(ENVIRONMENT)
	@python=$$(sh ops/python.sh) && exec $$python -m ops.environment dev
