# The portal's commands. `make` lists them. All that is needed beforehand: Python 3.11 or newer, and make.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check format words migration lock bench mutants wheel pictures reading clean

PYTHONS = $(foreach name,python3 python3.13 python3.12 python3.11 python,$(shell command -v $(name) 2>/dev/null))
PYTHON ?= $(or $(firstword $(PYTHONS)),$(error The portal needs Python 3.11 or newer, and this machine has no python3))
IN = .venv/bin
RUN = @$(PYTHON) -m tools.setup run
DEV = @$(PYTHON) -m tools.setup dev
OPTIONS = $(if $(PORT),--port $(PORT)) $(if $(DEMO_PORT),--demo-port $(DEMO_PORT)) $(if $(DATA),--data "$(DATA)")

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## Make or refresh all that the other commands need, and start nothing
	$(DEV)

demo: ## The portal with a made-up municipality, on this machine (PORT=… DEMO_PORT=… DATA=folder)
	$(RUN)
	@$(IN)/portal demo $(OPTIONS)

test: ## All tests, in a browser too (ARGS="tests/law -k leave" for some)
	$(DEV)
	@$(IN)/python -m tools.tests $(ARGS)

check: ## Style, types, who may import whom, words, and tables against migrations
	$(DEV)
	@$(IN)/python -m tools.check

format: ## Put the code in the house's style
	$(DEV)
	@$(IN)/ruff check --fix --quiet . ; $(IN)/ruff format .

words: ## Collect the sentences from code and pages into the catalogues
	$(DEV)
	@$(IN)/portal words update

migration: ## A new migration from the change in the tables (m="what it does")
	$(DEV)
	@$(IN)/python -m tools.scratch revise "$(or $(m),$(error say what it does: make migration m="add the …"))"

lock: ## Write the lock files anew (UPGRADE=1 takes the newest versions)
	$(DEV)
	@$(IN)/python -m tools.lock $(if $(UPGRADE),--upgrade)

bench: ## Every page side by side with a bare Flask page: speed, and bytes sent (ARGS="--json")
	$(RUN)
	@$(IN)/python -m bench $(ARGS)

mutants: ## Small faults put into the code, to see which no test notices: takes a night (ARGS="--number 20")
	$(DEV)
	@$(IN)/python -m tools.mutants $(ARGS)

wheel: ## The portal as one file for pip, in dist/
	$(RUN)
	@$(IN)/python -m pip wheel --quiet --no-deps --no-build-isolation --no-index --wheel-dir dist . && ls dist/*.whl

pictures: ## Pictures of the pages, in pictures/
	$(DEV)
	@$(IN)/python -m tools.pictures

reading: ## What each kind of leave says, page by page, in reading/<language>.txt (ARGS="nb --person amal")
	$(DEV)
	@$(IN)/python -m tools.reading $(ARGS)

clean: ## Remove everything that was made (not data/)
	rm -rf .venv .cache build dist node_modules pictures reading static/dist static/vendor
