# The front door. `make run` plans the first example, `make test` passes all tests; both install what is missing on
# Debian 12. Everything else is CMake with the presets of CMakePresets.json.
EXAMPLE ?= examples/seattle/scenario.yaml
OUT ?= out/seattle
SOURCES = $(shell find src include tests bench -name '*.[ch]' -not -path '*/corpus/*')

.PHONY: run test check check-long validate format format-check clean build packages-run packages-test

run: packages-run build
	build/release/hearth run $(EXAMPLE) -o $(OUT)
	@echo
	@echo "The report lies in $(OUT)/report.html"

build:
	@mkdir -p build
	@cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
	cmake --build --preset release --target hearth hearth_shared

test: packages-test
	tools/run_tests.sh release

# what to run before handing in a change: the tests, and the format
check: test
	tools/install_packages.sh ci
	$(MAKE) format-check

# the slow checks before an issue is closed; the log's sum goes into the closing note
check-long:
	tools/install_packages.sh run test ci long
	tools/check_long.sh

# the generated pages of docs/validation, from the reference data beside the checkout
validate: build
	tools/validate.sh

format:
	clang-format -i $(SOURCES)

format-check:
	clang-format --dry-run -Werror $(SOURCES)

# the picture of the README, after a change of the report's look; needs chromium and pngquant
.PHONY: picture
picture: build
	tools/make_picture.sh $(EXAMPLE)

# the explorer's page, into web/dist; node is needed for this alone
.PHONY: web web-test web-serve
web: web/node_modules/.package-lock.json
	npm run --prefix web build

web/node_modules/.package-lock.json: web/package-lock.json
	npm ci --prefix web --no-audit --no-fund

web-test: build
	tools/test_web.sh

# the page over real plans, on this machine alone: its address is printed
web-serve: build web
	node web/test/server.mjs

clean:
	rm -rf build out web/dist

packages-run:
	@tools/install_packages.sh run

packages-test:
	@tools/install_packages.sh run test
