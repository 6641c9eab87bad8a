# Every command sets up what it needs first (scripts/set_up.py); `make help` lists them.
# The work itself is in scripts/, one small file a command: CONTRIBUTING.md has the same without make.

PORT ?= 8000
export PORT BUILT PYTHON CARDS COMPRESS
# What is compiled once is kept, whatever the machine says: the tests start Python hundreds of times.
export PYTHONDONTWRITEBYTECODE :=
ready := sh scripts/ready.sh
run := .venv/bin/python -m

.DEFAULT_GOAL := help
.PHONY: help serve serve-built test test-quick test-all build pdf offline check format diagrams new-page translated deploy-files spec-check bench release lock setup clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-16s %s\n", $$1, $$2}'

serve: ## serve the site with live reload on http://127.0.0.1:8000 (PORT=..., BUILT=1 for the built site)
	@$(ready) && $(run) scripts.serve

serve-built: ## serve the built site by uvicorn and Starlette, as it is served to readers (PORT=...)
	@$(ready) && $(run) scripts.serve --built

test: ## run the whole suite, the browser's part included (ARGS="-k name" for a part)
	@$(ready) && $(run) scripts.engines && $(run) pytest $(ARGS)$(if $(ARGS),, && $(run) scripts.test_pythons)

test-quick: ## run what needs no browser, no server and nothing built: a minute, the loop to work in
	@$(ready) python node && $(run) pytest -m "quick and not long" $(ARGS)

test-all: ## run the long tests too: every demo of the site, in every engine
	@$(ready) && $(run) scripts.engines && $(run) pytest -m "" $(ARGS)

build: ## write the site to site/ (CARDS=0: no preview cards, COMPRESS=0: no .br and .gz)
	@$(ready) && $(run) scripts.build_site

pdf: ## write the book as dist/asgi-zh.pdf and dist/asgi-en.pdf, for the next build to offer
	@$(ready) && $(run) common.browser && $(run) scripts.pdf
offline: ## write the copy that opens without a server, dist/asgi-illustrated-offline.zip
	@$(ready) && $(run) scripts.offline

check: ## check format, lint, types and typography
	@$(ready) && $(run) scripts.check

format: ## put right what check can put right by itself
	@$(ready) && $(run) scripts.check --fix

diagrams: ## draw the diagrams that have changed into diagrams/
	@$(ready) && $(run) common.browser && $(run) scripts.diagrams

new-page: ## write both files of a new page (asks, or: PAGE=learn/cookies ZH="..." EN="...")
	@$(ready) && $(run) scripts.new_page $(PAGE) $(if $(ZH),--zh "$(ZH)") $(if $(EN),--en "$(EN)")

translated: ## note that the English pages are in step with the Chinese ones
	@$(ready) && $(run) scripts.translated

deploy-files: ## write deploy/ from the table of headers and from requirements.txt
	@$(ready) && $(run) scripts.deploy

spec-check: ## print what has changed in the specification since it was read (ASGIREF=/path/to/asgiref)
	@$(ready) && $(run) scripts.spec_check $(ASGIREF)

bench: ## print the figures of the engine, the browser and the server as ratios against their peers
	@$(ready) && $(run) bench

release: ## build everything that is published, twice, into dist/ (VERSION=1.0.0)
	@$(ready) && $(run) scripts.release "$(VERSION)"

lock: ## choose the newest versions and write the lock files
	@$(ready) python && $(run) scripts.lock

setup: ## only set up (every other command does it by itself)
	@$(ready)

clean: ## remove what was made, but not .venv and node_modules (ALL=1: those too)
	@rm -rf build site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis $(if $(ALL),.venv node_modules)
