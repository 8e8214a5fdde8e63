# Everything a developer types. Needs Python 3.11+, make and git; `make PYTHON=python3.12 …` picks another Python.
# Whatever the target, .venv is made first, from requirements.lock alone (tools/environment.py).

ifeq ($(OS),Windows_NT)
PYTHON ?= python
RUN := .venv/Scripts/python
BIN := .venv/Scripts
else
PYTHON ?= python3
RUN := .venv/bin/python
BIN := .venv/bin
endif

# Start-up is part of what is tested, so compiled files are wanted even where the machine's habit is not to write them.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo test soak fuzz check visual pictures fmt lint bench guards golden catalogue lock

help:       ## this list
	@$(PYTHON) tools/targets.py Makefile

setup:      ## the environment, once for each state of the lock (every other target does this by itself)
	@$(PYTHON) tools/environment.py
	@$(RUN) -m compileall -q ledger

demo: setup     ## a fictional ledger from notice to report, to play with
	@$(RUN) -m ledger demo

test: setup     ## the tests
	$(RUN) -m pytest -n 2 -q

soak: setup     ## the long run of tests/faults, half an hour on two cores; PART=kills runs one file, SOAK=all leaves out nothing
	TAIZHANG_SOAK=$(or $(SOAK),1) $(RUN) -m pytest -n 2 --dist worksteal -q --timeout 3600 \
	    $(if $(wildcard /dev/shm),--basetemp=/dev/shm/taizhang-soak$(PART)) $(if $(PART),tests/faults/test_$(PART).py,tests/faults tests/properties/test_three_copies.py)

fuzz: setup     ## change documents at random until a reader breaks: READER=text|markdown|page|word|workbook|table MINUTES=10; see tests/fuzz/run.py
	$(RUN) -m tests.fuzz.run $(or $(READER),word) $(or $(MINUTES),10)

check: setup lint       ## all that must hold before a change lands
	$(MAKE) test
	$(RUN) -m ledger check
	$(RUN) tools/acceptance.py

visual: setup   ## every paper as pages, looked at by tests: LibreOffice, Chromium; installs what that takes where it may
	$(RUN) tools/visual.py

pictures: setup ## the pictures of papers in docs/pictures anew, with what make visual installs; look at them
	$(RUN) -m tests.visual.pictures

lint: setup     ## form, types, direction of imports
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	$(BIN)/lint-imports

fmt: setup      ## put the code in its one form
	$(RUN) -m ruff check --fix-only --quiet .
	$(RUN) -m ruff format .

bench: setup    ## start-up, reading and writing among 300, 3,000 and 30,000 issues, as ratios
	$(RUN) benchmarks/run.py
	$(RUN) benchmarks/importing.py

guards: setup   ## flip every guard of store and history, one at a time, and name what no test notices; MODULES="domain/replay.py …"
	$(RUN) -m tools.guards $(MODULES)

golden: setup   ## rewrite the expected outputs; read the diff before committing it
	$(RUN) -m pytest -q --update-golden

catalogue: setup        ## merge the translations, say what is missing, compile
	$(RUN) tools/catalogue.py

lock: setup     ## resolve pyproject.toml into requirements.lock again, for every system and Python
	$(RUN) -m pip install --quiet "uv>=0.13,<0.14"
	$(RUN) -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	    --upgrade --no-emit-index-url --custom-compile-command "make lock" --quiet --output-file requirements.lock
