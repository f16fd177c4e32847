# Two commands do everything: `make demo` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# Every worker of the tests reads every module: what one compiled, the others need not.
unexport PYTHONDONTWRITEBYTECODE
JOBS ?= $(shell echo $$(( 2 * $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1) )))

.PHONY: help demo test check lint types imports slow bench newest docs pictures clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit("realist needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(STAMP) ## build the leadership review and open it; without a terminal, print its grid and flow
	@rm -rf .demo && mkdir .demo
	@$(BIN)/realist sample leadership .demo/leadership.realist
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/realist --db .demo/leadership.realist; else \
	echo && $(BIN)/realist --db .demo/leadership.realist grid && \
	echo && $(BIN)/realist --db .demo/leadership.realist cmo show 3 && \
	echo && $(BIN)/realist --db .demo/leadership.realist flow; fi

test: $(STAMP) ## run the tests
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m 'not slow'

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

check: lint types imports test ## lint, types, import contracts, tests

slow: $(STAMP) ## crash, fuzz and scale tests
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m slow

bench: $(STAMP) ## figures, as ratios to a peer or a limit in the same run
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

newest: ## run the tests with the newest dependencies instead of the constraints
	$(PYTHON) -m venv .venv-newest
	.venv-newest/bin/python -m pip install --quiet --upgrade -e '.[dev]'
	.venv-newest/bin/python -m pytest -n $(JOBS) --dist worksteal -m 'not slow'

docs: $(STAMP) ## write the pages that are made from the code
	$(BIN)/python docs/make.py

pictures: $(STAMP) ## take the pictures of the screens anew
	$(BIN)/python docs/pictures.py

clean: ## remove what the commands made
	rm -rf $(VENV) .venv-newest .venv-peers .demo .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
