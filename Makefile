# Every workflow of the project. `make demo` and `make test` need nothing but Python 3.11 or later.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV := $(VENV)/.installed-dev

.PHONY: demo test lint types pytest coverage data-check data model encoder golden notebooks lock bench kill-resume fuzz soak clean

# The lock is complete, so pip resolves nothing (--no-deps): left to resolve "coverage[toml]>=7.10" itself, it would take the
# newest release over the pinned one and refuse it for its hash. `pip check` says so if the lock ever lacks something.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit('whodid needs Python 3.11 or later; set PYTHON=/path/to/python3.11') if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip check
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

# What the tests and the documentation need besides: the same versions of what both locks have.
$(DEV): $(STAMP) requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip check
	touch $(DEV)

# Code every article in data/raw, validate the rows, write data/coded, and tables, figures and a report under build/demo.
demo: $(STAMP)
	$(BIN)/whodid code data/raw -o data/coded/events.parquet --refused build/demo/refused.csv --quiet
	$(BIN)/whodid validate data/coded/events.parquet --articles data/raw
	$(BIN)/whodid summarize data/coded/events.parquet -o build/demo --articles data/raw --show

# All that CI runs: style, types, tests, and data/coded is what the code writes today.
test: lint types pytest data-check

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV)
	$(BIN)/mypy

pytest: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist loadfile

# The same tests, and which lines none of them runs: a quarter slower.
coverage: $(DEV)
	$(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term

data-check: $(DEV)
	$(BIN)/python scripts/data_coded.py --check

# Rewrite data/coded from data/raw after a change that is meant to alter codings; review the diff.
data: $(STAMP)
	$(BIN)/python scripts/data_coded.py

# Rewrite the expected codings of tests/golden; review the diff as codings.
golden: $(DEV)
	$(BIN)/python scripts/update_golden.py

# Run the notebooks and save them with their outputs; review the diff.
notebooks: $(DEV)
	$(BIN)/python scripts/notebooks.py

# Fit the linear model to the codebook's examples, after a change of examples or patterns.
model: $(DEV)
	$(BIN)/python scripts/build_model.py --figures

# Train the encoder on the codebook's examples: about twenty minutes, needs `pip install -e '.[encoder]'`.
encoder: $(DEV)
	$(BIN)/python scripts/build_encoder.py

# Resolve the dependencies anew (needs uv) and write them with hashes and without addresses.
lock: $(DEV)
	$(BIN)/python scripts/lock.py

bench: $(DEV)
	$(BIN)/python benchmarks/coder.py
	$(BIN)/python benchmarks/recode.py --articles 512
	$(BIN)/python benchmarks/newswire.py
	$(BIN)/python benchmarks/command.py
	$(BIN)/python benchmarks/agree.py
	$(BIN)/python benchmarks/validate.py 1000000
	$(BIN)/python benchmarks/aggregate.py

# Kill `whodid code` at a hundred random moments and compare what it writes after --resume: two minutes.
kill-resume: $(DEV)
	$(BIN)/python benchmarks/kill_resume.py --rounds 100

# Feed made-up bytes to every reader of untrusted files, ten minutes each: two hours. Before a release.
fuzz: $(DEV)
	$(BIN)/python scripts/fuzz.py --seconds 600

# A million articles through code, validate, summarize and release; memory over time goes to docs/soak.png. Some twenty minutes.
soak: $(DEV)
	$(BIN)/python benchmarks/soak.py --plot docs/soak.png

clean:
	rm -rf build dist .coverage .mypy_cache .ruff_cache .pytest_cache
