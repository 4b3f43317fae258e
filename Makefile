# `make` alone lists what one can do.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export PYTHONPATH := src
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PORT ?= 8000
STAGE ?= market
SEED ?= 7
SIZE ?= small
VENV := .venv
PY := $(VENV)/bin/python
PO := $(wildcard src/twiza/locale/*/LC_MESSAGES/django.po)

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: $(VENV)/.run messages ## start everything with demonstration data: PORT=8000 STAGE=market SEED=7
	@$(PY) -m twiza demo --stage "$(STAGE)" --seed "$(SEED)" --size "$(SIZE)" --port "$(PORT)"

test: $(VENV)/.dev messages ## run every test
	@tools/ensure_chromium
	@$(PY) -m pytest -n 2 --dist worksteal

check: $(VENV)/.dev messages ## format, lint, types, import contracts, templates, migrations, translations
	@$(PY) tools/check.py

format: $(VENV)/.dev ## put the code in the house's format
	@$(VENV)/bin/ruff format -q src tests tools benchmarks
	@$(VENV)/bin/ruff check -q --fix src tests tools benchmarks

bench: $(VENV)/.dev messages ## measure, at small size
	@for script in $$(ls benchmarks/*.py | grep -v -e measure.py -e country.py -e floor.py -e serving.py); do $(PY) "$$script" --size small || exit 1; done

map: $(VENV)/.dev ## draw the import graph into docs/
	@$(PY) tools/draw_map.py

reference: $(VENV)/.dev ## write what can be read from the code into the documents
	@$(PY) -m tools.write_reference

strings: $(VENV)/.dev ## gather the words to translate into locale/*.po
	@$(PY) tools/messages.py gather

messages: $(patsubst %.po,%.mo,$(PO))

%.mo: %.po
	@$(PY) -c 'import sys, polib; polib.pofile(sys.argv[1]).save_as_mofile(sys.argv[2])' "$<" "$@"

# A bare Debian has Python without pip: python3-venv, or python3-pip, is enough.
$(VENV)/bin/python:
	@echo "· making a Python environment in $(VENV)"
	@python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "Twiza runs on Python 3.11, 3.12 and 3.13."; exit 1; }
	@python3 -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); python3 -m pip --version >/dev/null 2>&1 && python3 -m venv --without-pip $(VENV); } \
	  || { rm -rf $(VENV); echo "Python cannot make an environment here. Run: sudo apt-get install -y python3-venv"; exit 1; }

# The Python environment is of one checkout: a copied folder makes its own.
$(VENV)/.run: requirements.lock $(VENV)/bin/python
	@echo "· installing what Twiza runs on (once)"
	@if [ -x $(VENV)/bin/pip ]; then $(PY) -m pip install -q --require-hashes --only-binary :all: -r requirements.lock; \
	  else python3 -m pip --python $(PY) install -q --require-hashes --only-binary :all: -r requirements.lock; fi
	@printf '#!/bin/sh\nexec "$(CURDIR)/$(PY)" -m twiza "$$@"\n' > $(VENV)/bin/twiza && chmod +x $(VENV)/bin/twiza
	@$(PY) -c 'import site, pathlib; pathlib.Path(site.getsitepackages()[0], "twiza.pth").write_text(str(pathlib.Path("src").resolve()) + "\n")'
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@echo "· installing what Twiza is tested with (once)"
	@if [ -x $(VENV)/bin/pip ]; then $(PY) -m pip install -q --require-hashes --only-binary :all: -r requirements-dev.lock; \
	  else python3 -m pip --python $(PY) install -q --require-hashes --only-binary :all: -r requirements-dev.lock; fi
	@touch $@

lock: ## resolve the dependencies anew (needs uv)
	@uv pip compile -q --python-version 3.11 --universal pyproject.toml --generate-hashes --no-header --no-annotate --no-emit-index-url --only-binary :all: -o requirements.lock
	@uv pip compile -q --python-version 3.11 --universal pyproject.toml --group dev -c requirements.lock --generate-hashes --no-header --no-annotate --no-emit-index-url --only-binary :all: -o requirements-dev.lock

.PHONY: help demo test check format bench map reference strings messages lock
