# Thin on purpose: each target is one line that also works without make (see README).
PYTHON ?= python3
# Only a PYTHON that was named makes an environment of another Python anew.
BOOTSTRAP = "$(PYTHON)" tools/bootstrap.py
THIS_PYTHON = $(if $(filter file,$(origin PYTHON)),,--this-python)
BIN = .venv/bin
SCHEMA = $(BIN)/check-jsonschema --quiet --builtin-schema vendor
LAB = $(if $(PORT),--port $(PORT)) $(if $(filter-out 0,$(NO_BROWSER)),--no-browser)

.DEFAULT_GOAL := help
.PHONY: help lab present quick test check lectures lock bench clean

help:  ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

lab:  ## open the course in JupyterLab (L=07, COPY=1, PORT=8899, NO_BROWSER=1)
	@$(BOOTSTRAP) lab $(THIS_PYTHON) $(L) $(if $(filter-out 0,$(COPY)),--copy) $(LAB) $(ARGS)

present:  ## a lecture as slides (L=07, PORT=8899, NO_BROWSER=1)
	@$(BOOTSTRAP) present $(THIS_PYTHON) $(if $(L),$(L),00) $(LAB) $(ARGS)

quick:  ## the tests that need no browser and little time: two minutes (ARGS="-k softmax")
	@$(BOOTSTRAP) test $(THIS_PYTHON) --quick $(ARGS)

test:  ## every test: package, lectures, real browser (ARGS="-k stage")
	@$(BOOTSTRAP) test $(THIS_PYTHON) $(ARGS)

check:  ## style, types, workflow files
	@$(BOOTSTRAP) install $(THIS_PYTHON) --extra test --extra dev --quiet
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(SCHEMA).github-workflows .github/workflows/*.yml
	$(SCHEMA).github-issue-forms .github/ISSUE_TEMPLATE/bug.yml .github/ISSUE_TEMPLATE/content.yml
	$(SCHEMA).citation-file-format CITATION.cff

lectures:  ## run all lectures again and store their outputs
	@$(BOOTSTRAP) install $(THIS_PYTHON) --extra test --quiet
	$(BIN)/mlpkit lectures

lock:  ## versions of all packages into requirements.lock (ARGS=--upgrade, ARGS=--check)
	@$(BOOTSTRAP) install $(THIS_PYTHON) --extra dev --quiet
	@$(BIN)/python tools/lock.py $(ARGS)

bench:  ## measurements beside peers, as tables in benchmarks/results (PYTORCH=1, ARGS=moons)
	@$(BOOTSTRAP) bench $(THIS_PYTHON) $(if $(filter-out 0,$(PYTORCH)),--pytorch) $(ARGS)

clean:  ## remove all that make and JupyterLab made here
	rm -rf .venv .jupyter .pytest_cache .ruff_cache .hypothesis
