# `make` alone lists what there is. Needs only Python 3.11+, git and make; everything else comes from the lock files.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
VENDOR := web/static/vendor/.ready
CONTRACT := tests/contract/octokit tests/contract/jira_js
CLIENTS := $(CONTRACT:%=%/node_modules/.ready)
PORT ?= 8000
WORKERS ?= 2

export NPM_CONFIG_UPDATE_NOTIFIER := false

.DEFAULT_GOAL := help
.PHONY: help setup run serve test check docs new-rule format clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'

$(READY): pyproject.toml uv.lock scripts/bootstrap.py
	@$(PYTHON) scripts/bootstrap.py

$(VENDOR): $(READY) web/package.json web/package-lock.json scripts/vendor.py
	@$(BIN)/python scripts/vendor.py

$(CLIENTS): %/node_modules/.ready: $(READY) %/package.json %/package-lock.json scripts/contract_clients.py
	@$(BIN)/python scripts/contract_clients.py $*

setup: $(READY) $(VENDOR) ## install everything into .venv and web/static/vendor

run: setup ## start the server with the first sprint and its dashboard
	@$(BIN)/sprintdojo serve --port $(PORT) --start first-sprint

serve: setup ## start the server without starting a run
	@$(BIN)/sprintdojo serve --port $(PORT)

test: setup $(CLIENTS) ## run the tests
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal -q $(ARGS)

check: setup ## format, lint, types, walls, generated files
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python scripts/docs.py --check

docs: setup ## write the generated docs and the JSON Schema
	@$(BIN)/python scripts/docs.py

new-rule: setup ## begin a rule with its cases and page: make new-rule CODE=PR-21 NAME=draft-age
	@$(BIN)/python -m simulator.hygiene.scaffold 'CODE=$(CODE)' 'NAME=$(NAME)'
	@$(BIN)/python scripts/docs.py
	@echo "now edit them, then: make docs && make test ARGS=tests/hygiene"

format: setup ## format and fix what can be fixed
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## remove what was installed and built (not the runs in .sprintdojo)
	rm -rf .venv .uv dist web/node_modules $(CONTRACT:%=%/node_modules) web/static/vendor .mypy_cache .ruff_cache .pytest_cache
