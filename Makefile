# The two commands of the README are `make brief` and `make test`; each sets up everything it needs.
UV_VERSION := 0.13.9
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GARANT := $(BIN)/garant
# What every command imports, compiled at set-up: uv leaves that to the first start, and where Python may not write
# compiled modules every start would pay for it.
COMPILED := alembic altair annotated_types attr jinja2 jsonschema markupsafe narwhals packaging pycountry pydantic \
  pydantic_core platformdirs rapidfuzz referencing rich sqlalchemy typer typing_extensions.py vl_convert yaml

.PHONY: setup brief test lint bench docs clean
.DEFAULT_GOAL := brief

setup: $(VENV)/.ready

# uv comes from PyPI into a folder of its own, so that the machine needs nothing but Python.
build/uv/bin/uv:
	@$(PYTHON) -m venv build/uv
	@build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.ready: build/uv/bin/uv pyproject.toml uv.lock
	@UV_PYTHON_DOWNLOADS=never build/uv/bin/uv sync --quiet --locked --all-extras --python $(PYTHON)
	@$(BIN)/python -m compileall -q -j 0 src $(addprefix $(VENV)/lib/python*/site-packages/,$(COMPILED)) || true
	@touch $@

brief: setup
	@$(GARANT) brief --case caf --output build/brief-caf.html

test: setup
	$(BIN)/pytest -q -n auto --dist loadgroup

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python benchmarks/run.py

docs: setup
	$(BIN)/mkdocs build --strict

clean:
	rm -rf build $(VENV) site .pytest_cache .mypy_cache .ruff_cache
