# Thin on purpose: each target is one line that also works without make (see README).
PYTHON ?= python3
BOOTSTRAP = $(PYTHON) tools/bootstrap.py
BIN = .venv/bin
SCHEMA = $(BIN)/check-jsonschema --quiet --builtin-schema vendor
LAB = $(if $(PORT),--port $(PORT)) $(if $(filter-out 0,$(NO_BROWSER)),--no-browser)

.DEFAULT_GOAL := help
.PHONY: help lab present quick test check lectures lock bench clean

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

lab:  ## open the course in JupyterLab (PORT=8899, NO_BROWSER=1)
	@$(BOOTSTRAP) lab $(LAB)

present:  ## a lecture as slides (L=07, PORT=8899, NO_BROWSER=1)
	@$(BOOTSTRAP) present $(if $(L),$(L),00) $(LAB) $(ARGS)

quick:  ## the tests that need no browser and little time: two minutes (ARGS="-k softmax")
	@$(BOOTSTRAP) test --quick $(ARGS)

test:  ## every test: package, lectures, real browser (ARGS="-k stage")
	@$(BOOTSTRAP) test $(ARGS)

check:  ## style, types, workflow files
	@$(BOOTSTRAP) install --extra test --extra dev --quiet
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(SCHEMA).github-workflows .github/workflows/*.yml
	$(SCHEMA).github-issue-forms .github/ISSUE_TEMPLATE/bug.yml .github/ISSUE_TEMPLATE/content.yml
	$(SCHEMA).citation-file-format CITATION.cff

lectures:  ## run all lectures again and store their outputs
	@$(BOOTSTRAP) install --extra test --quiet
	$(BIN)/mlpkit lectures

lock:  ## newest package versions into requirements.lock (needs uv)
	@$(PYTHON) tools/lock.py

bench:  ## measurements beside peers, as tables in benchmarks/results
	@$(BOOTSTRAP) install --extra test --extra bench --quiet
	for file in benchmarks/[a-z]*.py; do $(BIN)/python $$file || exit 1; done

clean:  ## remove all that make and JupyterLab made here
	rm -rf .venv .jupyter .pytest_cache .ruff_cache .hypothesis
