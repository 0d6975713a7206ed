# Each target sets up what it needs: Python 3.11 or newer with venv, and make, are all that has to be there.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON3 ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
PIP := $(PYTHON) -m pip --disable-pip-version-check -qq
BENCH_VENV := .cache/bench-venv
FUZZ_VENV := .cache/fuzz-venv
DEMO := build/demo
BENCH ?=
FUZZ ?=

.PHONY: help demo test debian gold quality bench fuzz screenshots lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r target text; do printf '  make %-11s %s\n' "$$target" "$$text"; done

demo: $(VENV)/.installed ## read examples/ into a fresh ledger and print what stands between the U.S. and India
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@COMMUNIQUE_LEDGER=$(DEMO)/ledger.db $(BIN)/communique add examples
	@COMMUNIQUE_LEDGER=$(DEMO)/ledger.db $(BIN)/communique brief US IN

# A file of tests stays in one process, since its tests share ledgers, servers and browsers that are dear to make.
test: ## linters, types, order of the rooms, tests
	@$(MAKE) --no-print-directory -j2 $(VENV)/.installed-dev debian
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

debian: ## install the programs that some tests need, where they are missing: Debian's postgresql and chromium
	@needed=(); exec 3>&1 >/dev/null; \
	command -v postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' || needed+=(postgresql); \
	command -v "$${CHROMIUM:-chromium}" || needed+=(chromium); \
	[ $${#needed[@]} -gt 0 ] || exit 0; \
	root=(); [ "$$(id -u)" = 0 ] || root=(sudo -n); \
	if command -v apt-get && "$${root[@]}" true 2>/dev/null; then \
	  "$${root[@]}" apt-get -qq update; \
	  "$${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends "$${needed[@]}"; \
	else echo "Tests that need $${needed[*]} are skipped: install that first (apt-get install $${needed[*]})." >&3; fi

gold: $(VENV)/.installed-dev ## score the extraction on annotated documents and write docs/quality.md
	$(PYTHON) benchmarks/quality.py

quality: $(VENV)/.installed-dev $(BENCH_VENV)/.installed ## the same and all public sets, beside what other tools make of them
	$(PYTHON) benchmarks/quality.py --public --peers $(BENCH_VENV)/bin/python

bench: $(VENV)/.installed $(BENCH_VENV)/.installed ## speed, memory and the gate beside spaCy, into docs/performance.md (BENCH=--quick: a tenth)
	$(PYTHON) benchmarks/performance.py --peers $(BENCH_VENV)/bin/python $(BENCH)
	$(PYTHON) benchmarks/speed.py --spacy-python $(BENCH_VENV)/bin/python

fuzz: $(FUZZ_VENV)/.installed ## ten minutes of damaged input for each format (FUZZ='--seconds 60 pdf': less of it)
	$(FUZZ_VENV)/bin/python benchmarks/fuzz.py $(FUZZ)

screenshots: $(VENV)/.installed-dev ## pictures of the main pages into docs/screenshots/ (needs a Chromium)
	$(PYTHON) benchmarks/screenshots.py

lock: ## write constraints.txt anew: the newest versions that fit pyproject.toml
	rm -rf build/lock && $(PYTHON3) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check -qq install '.[dev]'
	echo '# Exact versions of everything that communique and its tests need; written by "make lock".' > build/lock/constraints.txt
	build/lock/bin/python -m pip freeze | grep -v '^communique' >> build/lock/constraints.txt
	mv build/lock/constraints.txt constraints.txt
	rm -rf build/lock

clean: ## remove what the other targets have made
	rm -rf $(VENV) .cache build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(PYTHON):
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "communique needs Python 3.11 or newer: set PYTHON3=, as in make PYTHON3=python3.12 demo.")'
	@echo 'Setting up $(VENV); this takes a minute or two, once.'
	@$(PYTHON3) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: pyproject.toml constraints.txt | $(PYTHON)
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml constraints.txt | $(PYTHON)
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(BENCH_VENV)/.installed: benchmarks/requirements.txt
	@echo 'Setting up $(BENCH_VENV) for spaCy, once.'
	@$(PYTHON3) -m venv --clear $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip --disable-pip-version-check -qq install -r benchmarks/requirements.txt
	@touch $@

$(FUZZ_VENV)/.installed: pyproject.toml constraints.txt benchmarks/fuzz.txt
	@echo 'Setting up $(FUZZ_VENV) for the fuzzer, once.'
	@$(PYTHON3) -m venv --clear $(FUZZ_VENV)
	@$(FUZZ_VENV)/bin/python -m pip --disable-pip-version-check -qq install -c constraints.txt -e '.[dev]' -r benchmarks/fuzz.txt
	@touch $@
