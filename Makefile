# Everything that a newcomer needs. PYTHON=python3.12 or python3.13 work too.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# The validator of our pages needs npm; a machine without it leaves the tests of HTML validity out and says so.
VALIDATOR := $(if $(shell command -v npm),tests/html/node_modules/.ready)
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint endurance bench fuzz sbom audit

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1|/' | column -t -s '|' 2>/dev/null || grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST)

setup: $(READY) $(VALIDATOR) ## Make the environment with the command .venv/bin/yinuo

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

tests/html/node_modules/.ready: tests/html/package.json tests/html/package-lock.json
	cd tests/html && npm ci --silent
	@touch $@

demo: $(READY) ## Set up and serve the demo on 127.0.0.1:8000
	$(BIN)/yinuo demo

test: $(READY) $(VALIDATOR) ## Run every test; says which are left out without a browser or npm
	$(BIN)/python -m pytest -n $(WORKERS)

check: $(READY) ## Lint the catalogue and run every scenario
	$(BIN)/yinuo check

lint: $(READY) ## Style, types, import contracts, translations, documents
	$(BIN)/ruff format --check src tests bench scripts clients
	$(BIN)/ruff check src tests bench scripts clients
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/messages.py --check
	$(BIN)/python scripts/command_docs.py --check
	$(BIN)/python scripts/catalogue_table.py --check
	$(BIN)/python scripts/figure_docs.py --check
	$(BIN)/python scripts/openapi.py --check

api-fuzz: $(READY) ## Send the API thousands of odd requests, other ones each time
	YINUO_API_FUZZ=400 YINUO_API_FUZZ_SEED=$$(date +%s) $(BIN)/python -m pytest -s tests/web/api/test_api_fuzz.py

endurance: $(READY) ## Kill web and worker 200 times in a simulated month, on each database
	YINUO_KILLS=200 $(BIN)/python -m pytest -s tests/endurance/test_kills.py

bench: $(READY) ## Measure speed, as ratios in one run
	$(BIN)/python bench/core.py
	$(BIN)/python bench/check.py
	$(BIN)/python bench/submit.py
	$(BIN)/python bench/board.py
	$(BIN)/python bench/search.py

fuzz: $(READY) ## Send 100,000 broken inputs to every door; YINUO_FUZZ=n for another number
	YINUO_FUZZ=$${YINUO_FUZZ:-100000} $(BIN)/python -m pytest -s -n 0 tests/fuzz

sbom: $(READY) ## Write build/sbom.json: every dependency with version and hashes (CycloneDX)
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible --of JSON -o build/sbom.json

audit: $(READY) ## Look the dependencies up among known advisories; says so when nobody can be asked
	$(BIN)/python scripts/audit_dependencies.py
