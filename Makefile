# make demo    everything on this machine, no token, no network beyond the package index
# make test    all tests
# make check   all checks and tests
# make eval    how well plans are read, against labels made by hand; failing rows are named
# make chaos   two minutes of kill -9, storms and database failures, then an account of every message; CI runs half a minute of it
PYTHON ?= python3
BIN := .venv/bin
# Three workers, a file each; the longest files begin first (tests/conftest.py).
SPREAD := -n 3 --dist loadgroup --no-loadscope-reorder
# What is compiled is kept, also where that was switched off: every program of every test would compile it anew.
export PYTHONDONTWRITEBYTECODE :=
SOURCES := bot handlers services migrations locales tests

.PHONY: install demo test check eval bench chaos catalogues lock format clean

install: .venv/installed

# Everything stands in the lock with its hash; a second time this is a look at two dates and needs no network.
.venv/installed: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kabarchy needs Python 3.11 or newer; name it: make PYTHON=python3.12 install"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python has no venv module. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	@DATA_DIR="$${DATA_DIR:-var/demo}" $(BIN)/kabarchy demo $(ARGS)

test: install
	$(BIN)/pytest $(SPREAD) $(ARGS)

check: install
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	@! grep -nE 'https?://' requirements.lock requirements-dev.lock || { echo "lock files carry hashes, not addresses"; exit 1; }
	$(BIN)/pytest $(SPREAD) $(ARGS)

eval: install
	$(BIN)/python -m tests.eval $(ARGS)

bench: install
	$(BIN)/python -m tests.bench $(ARGS)

chaos: install
	$(BIN)/python -m tests.chaos $(ARGS)

catalogues: install
	$(BIN)/python -m locales.update

format: install
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

# Needs uv; writes the locks anew from pyproject.toml. Addresses of package indexes stay out of them.
lock:
	uv lock --quiet
	uv export --quiet --frozen --no-emit-project --no-dev --no-header --format requirements-txt -o requirements.lock
	uv export --quiet --frozen --no-emit-project --all-groups --all-extras --no-header --format requirements-txt -o requirements-dev.lock

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
