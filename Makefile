# The front door. `make run` plans the first example, `make serve` opens it in the explorer, `make test` passes all tests;
# they install what is missing on Debian 12. Everything else is CMake with the presets of CMakePresets.json.
EXAMPLE ?= examples/seattle/scenario.yaml
OUT ?= out/seattle
SOURCES = $(shell find src include tests bench -name '*.[ch]' -not -path '*/corpus/*')

.PHONY: run serve test check check-long validate format format-check clean build packages-run packages-page packages-test

run: packages-run build
	build/release/hearth run $(EXAMPLE) -o $(OUT)
	@echo
	@echo "The report lies in $(OUT)/report.html"

# the explorer on an example, in the browser
serve: packages-page build
	build/release/hearth serve $(EXAMPLE)

build: page
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
	@printf '%s\n' $(SOURCES) | xargs -P $$(nproc) -n 50 clang-format --dry-run -Werror

# the picture of the README, after a change of the report's look; needs chromium and pngquant
.PHONY: picture
picture: build
	tools/make_picture.sh $(EXAMPLE)

# The explorer's page, into web/dist and from there into the program. Node is needed for this alone: where node or its
# packages are not to be had the program is built without a page, aloud.
.PHONY: page web web-test
web: web/dist/index.html

page:
	@if command -v npm >/dev/null 2>&1; then $(MAKE) -s web || echo "The explorer's page is not built in: npm failed."; \
	else echo "The explorer's page is not built in: npm is absent (tools/install_packages.sh page)."; fi

web/dist/index.html: web/node_modules/.package-lock.json $(shell find web/src web/public web/content -type f) web/index.html web/tokens.ts web/content.ts \
		web/vite.config.ts web/tsconfig.json src/tell/report.css
	npm run --silent --prefix web build -- --logLevel warn

web/node_modules/.package-lock.json: web/package-lock.json
	npm ci --prefix web --no-audit --no-fund --loglevel error

# the page in chromium, served by the program
web-test: build
	tools/test_web.sh

clean:
	rm -rf build out web/dist

packages-run:
	@tools/install_packages.sh run

packages-page:
	@tools/install_packages.sh run page

packages-test:
	@tools/install_packages.sh run test
