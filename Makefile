# Everything that is done with this project, one line each; `make help` lists it.
PLANS ?= corpus/plans
OUT ?= outputs
JOBS ?=
SHARED ?= ../shared
AGAINST ?= main
REF ?= main
# The distribution's own Python first, where it can make environments: it is built for speed, a tenth faster than most others.
PYTHON ?= $(shell for python in /usr/bin/python3 python3; do \
	$$python -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null && break; done; echo $$python)
SEED ?= 1
RUN := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help install extract doctor compare report serve accuracy test lint gold gains schema bench endurance scans tables formats pages unclaimed corpus fuzz patterns licences audit sbom lock clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

install: .venv/runtime ## make .venv at the root with everything that extraction needs
	@echo "Ready: $(RUN) -m pipeline --help"

extract: .venv/runtime ## read a folder: make extract PLANS=folder OUT=folder (corpus/plans into outputs)
	$(RUN) -m pipeline extract "$(PLANS)" --out "$(OUT)" $(if $(JOBS),--jobs $(JOBS))

compare: .venv/runtime ## set the plans of a run side by side: make compare OUT=folder
	$(RUN) -m pipeline compare "$(OUT)" --out "$(OUT)/comparison"

report: .venv/runtime ## pages for a browser: make report OUT=folder
	$(RUN) -m pipeline report "$(OUT)" --out "$(OUT)/report"

serve: .venv/runtime ## answer over HTTP on this machine
	$(RUN) -m pipeline serve "$(OUT)"

doctor: .venv/runtime ## what is installed, which files can be read, what installs the rest
	$(RUN) -m pipeline doctor

test: lint ## lint, then all tests and doctests
	$(RUN) -m pytest

lint: .venv/dev ## ruff, mypy strict, direction of imports
	$(RUN) -m ruff check .
	$(RUN) -m mypy
	.venv/bin/lint-imports

gold: .venv/dev ## score against hand-made annotations: own corpus, samples, real plans
	$(RUN) -m benchmarks.gold --shared "$(SHARED)"

gains: .venv/dev ## facts gained and lost against main (or AGAINST=commit), over corpus and samples
	$(RUN) -m benchmarks.gains --against "$(AGAINST)" --shared "$(SHARED)"

accuracy: .venv/dev ## write docs/accuracy.md from a run
	$(RUN) -m benchmarks.accuracy

schema: .venv/dev ## write the JSON Schemas and docs/schema.md, docs/comparison-schema.md from the models
	$(RUN) -m pipeline schema > schemas/plan.schema.json
	$(RUN) -m pipeline schema --markdown > docs/schema.md
	$(RUN) -m pipeline schema --comparison > schemas/comparison.schema.json
	$(RUN) -m pipeline schema --comparison --markdown > docs/comparison-schema.md

bench: .venv/dev ## measure speed beside the floor and the usual way, and write docs/performance.md (LONG=1: also 100,000 documents)
	$(RUN) -m benchmarks.speed --shared "$(SHARED)" --write docs/performance.md $(if $(LONG),--long)

bench-compare: .venv/dev ## time the working copy against another commit, in turn: make bench-compare REF=main
	$(RUN) -m benchmarks.against "$(REF)"

scans: .venv/dev ## draw the corpus as scans, recognise it, and write docs/scans.md
	$(RUN) -m benchmarks.scans

tables: .venv/dev ## read invented tables in three formats and write docs/tables.md
	$(RUN) -m benchmarks.tables

endurance: .venv/dev ## read 5,000 files, many broken, while workers and the run are killed; write docs/robustness.md (an hour)
	$(RUN) -m benchmarks.endurance --write docs/robustness.md

formats: .venv/dev ## read the corpus in every format and write docs/formats.md
	$(RUN) -m benchmarks.formats

pages: .venv/dev ## measure pages a second and memory beside other ways and write docs/pages.md
	$(RUN) -m benchmarks.pages

unclaimed: .venv/dev ## what no fact claims for no known reason: make unclaimed OUT=folder
	$(RUN) -m benchmarks.unclaimed "$(OUT)"

corpus: .venv/dev ## write the sample plans in all formats from corpus/sources
	$(RUN) -m corpus.build

fuzz: .venv/dev ## texts and spoilt files by the million, for hours: make fuzz SEED=2; finds go to outputs/fuzz
	$(RUN) -m benchmarks.fuzz texts --count 1000000 --seed $(SEED)
	$(RUN) -m benchmarks.fuzz files --count 10000 --seed $(SEED)

patterns: .venv/dev ## time of every regular expression at 1 MB and 10 MB of its worst text
	$(RUN) -m benchmarks.patterns

licences: .venv/dev ## what each package is licensed under; fails where one may not be imported
	$(RUN) -m supply.licences

audit: .venv/dev ## known weaknesses of the pinned packages, where a database can be reached
	$(RUN) -m supply.audit

sbom: .venv/dev ## list the parts of the program as CycloneDX JSON (outputs/sbom.json)
	$(RUN) -m supply.sbom "$(OUT)/sbom.json"

lock: ## write requirements.lock from constraints.txt (needs uv)
	@command -v uv >/dev/null || { echo "uv is not installed: pip install uv"; exit 1; }
	{ head -2 requirements.lock; uv pip compile constraints.txt --generate-hashes --no-annotate --no-header --no-deps --universal --python-version 3.11.2 -q; } > requirements.new
	mv requirements.new requirements.lock

clean: ## remove the environment, caches and outputs
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
	find outputs -mindepth 1 ! -name README.md -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' \
		|| { echo "kehoach needs Python 3.11 to 3.14: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/runtime: .venv/bin/python pyproject.toml constraints.txt
	$(RUN) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[web]'
	@touch $@

.venv/dev: .venv/runtime
	$(RUN) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
