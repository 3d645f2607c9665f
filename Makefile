PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test setup lock clean

run: .venv/installed
	$(BIN)/fiction-curator run --rows 5

test: .venv/installed
	$(BIN)/python -m pytest -n 2 --dist loadgroup

setup: .venv/installed

# Exactly what the lock says is installed, every hash checked; uv, which pip brings, takes seconds for it.
.venv/installed: requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode --requirements requirements-dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $@

lock: .venv/installed
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --output-file requirements.txt
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group dev --extra dask --extra s3 --constraints requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf .venv build
