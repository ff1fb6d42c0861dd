# Renraku from a bare machine: needs python3 (3.11 or newer) and make, nothing else.
#
#   make run      the demo: a made-up organisation, three links to click
#   make test     the tests
#   make help     everything else
#
# The virtual environment in .venv is filled from the lock file, every file
# checked against its hash, and filled again only when the lock changes.

PYTHON ?= python3
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
PACKAGES := bot adapters storage

# uv uses the Python that is here and never fetches another.
export UV_PYTHON_DOWNLOADS := never
# Compiled once, here: whoever runs Renraku later may not be allowed to write in this folder, and
# every start would compile it all again.
export UV_COMPILE_BYTECODE := true
# A machine may trust certificates of its own, or have told pip of a package mirror.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),)
export UV_SYSTEM_CERTS ?= true
endif
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif

# A virtual environment remembers where it stands. One that was moved, or whose
# Python has gone, is made anew.
HOME_OF_VENV := $(shell test -x $(BIN)/python && cat $(VENV)/.home 2>/dev/null)
ifneq ($(HOME_OF_VENV),$(CURDIR))
STALE := stale
endif

UV_PIP := $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test check format bench example lock clean stale venv

help: ## Say what there is
	@echo "Renraku: incident reports and safety roll calls in chat."
	@echo
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16
	@echo
	@echo 'Options go through ARGS: make run ARGS="--people 5000", make test ARGS="-k rollcall".'

run: $(VENV)/.runtime ## Start the demo
	@exec $(BIN)/renraku demo $(ARGS)

# A third of the time a test waits (for a disk, a browser): one worker more than cores.
WORKERS := $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

test: $(VENV)/.dev ## Run the tests
	@$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

check: $(VENV)/.dev ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(PACKAGES)
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## Format the code and sort the imports
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## Measure (a table and JSON; nothing is asserted)
	@$(BIN)/python -m tests.bench $(ARGS)

venv: $(VENV)/.dev ## Prepare .venv for development, run nothing

example: $(VENV)/.dev ## Write config.example.toml anew after a change of the settings
	$(BIN)/python -m bot.config > config.example.toml

lock: $(VENV)/.uv-$(UV_VERSION) ## Renew the lock files; ARGS="--upgrade" takes newer versions
	$(BIN)/uv pip compile $(ARGS) --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url --annotation-style line \
	    pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile $(ARGS) --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-emit-index-url --annotation-style line --extra dev \
	    --constraints requirements.lock pyproject.toml --output-file requirements-dev.lock

clean: ## Remove the virtual environment, caches and built files
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

stale:

$(VENV)/.uv-$(UV_VERSION): $(STALE)
	@command -v $(PYTHON) >/dev/null || { \
	    echo "Renraku needs Python 3.11 or newer and found no $(PYTHON): install python3, or name one with PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Renraku needs Python 3.11 or newer and $(PYTHON) is older: install a newer one and name it with PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	    echo "This Python has no venv module: install it (on Debian and Ubuntu: apt install python3-venv) and try again." >&2; exit 1; }
	@echo "Preparing $(VENV) (once) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check uv==$(UV_VERSION) || { \
	    echo "The packages could not be fetched: check the connection to your package index (PIP_INDEX_URL names another) and try again." >&2; exit 1; }
	@echo "$(CURDIR)" > $(VENV)/.home
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml $(VENV)/.uv-$(UV_VERSION)
	@$(UV_PIP) --require-hashes -r requirements.lock
	@$(UV_PIP) --editable .
	@touch $@

# Holds all of the runtime lock in the same versions, so it answers for both.
$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml $(VENV)/.uv-$(UV_VERSION)
	@$(UV_PIP) --require-hashes -r requirements-dev.lock
	@$(UV_PIP) --editable .
	@touch $(VENV)/.runtime $@
