# `make run` walks, `make test` proves; both install what they need into .venv and need nothing else.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --quiet --require-hashes

.PHONY: run test check fix bench crawl messages lock vendor screenshots help
.DEFAULT_GOAL := help

help:  ## What there is to make
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.run  ## The product at http://localhost:8000 (PORT=.., DEMO=0 starts empty)
	@$(PY) manage.py up

test: $(VENV)/.dev  ## Everything: linters, the suite on SQLite and PostgreSQL, a real worker, a real browser
	@$(PY) -m tests.run

check: $(VENV)/.dev  ## The linters alone
	@$(PY) -m tests.run --linters

fix: $(VENV)/.dev  ## Let ruff mend what it can; templates are only judged, by `make check`
	@$(VENV)/bin/ruff check --fix . ; $(VENV)/bin/ruff format .

bench: $(VENV)/.dev  ## What pages and imports cost, into docs/benchmarks.md (BENCH="--imports", "--applications 100 --dry")
	@$(PY) -m tests.bench $(BENCH)

crawl: $(VENV)/.dev  ## Every page as everybody, in a browser: en and ar, light and dark, narrow and wide (CRAWL=full: six languages)
	@CRAWL=$${CRAWL:-1} $(VENV)/bin/pytest tests/browser/test_crawl.py

messages: $(VENV)/.dev  ## Collect texts for translation (needs GNU gettext)
	@for language in en fi sv pl ar zh_Hans; do mkdir -p locale/$$language/LC_MESSAGES; done
	@$(PY) manage.py makemessages -l en -l fi -l sv -l pl -l ar -l zh_Hans --no-location --no-wrap --ignore=.venv --ignore=var

lock: $(VENV)/.dev  ## requirements*.txt anew, with hashes
	@for name in requirements requirements-dev; do $(VENV)/bin/uv pip compile --quiet --upgrade --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --python-version 3.11 $$name.in -o $$name.txt; done

vendor:  ## The browser's libraries anew, by checksum
	@sh static/vendor/fetch.sh

screenshots: $(VENV)/.dev  ## The pictures of the README and docs/
	@$(PY) -m tests.screenshots && $(PY) -m tests.paper_pictures

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(VENV)/bin/python
	@echo "Installing what the product needs (once) .."
	@$(PIP) -r requirements.txt && touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt | $(VENV)/bin/python
	@echo "Installing what the tests need (once) .."
	@$(PIP) -r requirements-dev.txt && touch $@ $(VENV)/.run
