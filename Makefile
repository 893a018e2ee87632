# make run opens the studio with the demo project; make test checks everything.

# Any Python from 3.11 on will do; name another with `make run PYTHON=python3.12`.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
HEADLESS := QT_QPA_PLATFORM=offscreen OMP_WAIT_POLICY=PASSIVE

.PHONY: run test lint types wheel unit endurance pictures listening clean

run: $(INSTALLED)
	@$(BIN)/python -m app.cli.demo

# Every check runs even where an earlier one failed, and pytest's summary comes last.
test: $(INSTALLED)
	@failed=""; \
	for check in lint types wheel unit; do \
		$(MAKE) --no-print-directory $$check || failed="$$failed $$check"; \
	done; \
	[ -z "$$failed" ] || { echo "Failed:$$failed"; exit 1; }

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED)
	$(BIN)/mypy

wheel: $(INSTALLED)
	.ci/wheel-check $(BIN)/python

unit: $(INSTALLED)
	$(HEADLESS) $(BIN)/python -m pytest

# Minutes long: hundreds of kills, long playbacks.
endurance: $(INSTALLED)
	$(HEADLESS) $(BIN)/python -m pytest -m endurance

# The pictures of README.md, painted anew by the studio itself.
pictures: $(INSTALLED)
	$(HEADLESS) $(BIN)/python docs/make_pictures.py

# The listening page, every clip played anew by the shipped weights.
listening: $(INSTALLED)
	$(BIN)/python docs/make_listening.py

$(INSTALLED): pyproject.toml .ci/native-libraries
	@test -n "$(PYTHON)" || { echo "Inlay needs Python 3.11 or later." >&2; exit 1; }
	@.ci/native-libraries $(PYTHON)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Inlay and its libraries; the first time this takes a few minutes."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
