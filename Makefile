# Riskline: see README.md.  GNU make.  The two commands for a start are
# 'make demo' and 'make check'; each installs what it lacks on Debian.  What
# else there is to test with, 'make fuzz' among it, is in README, "Testing".

SHELL = /bin/bash
.SHELLFLAGS = -o pipefail -c

PREFIX ?= /usr/local
# Guards against what no test has found.  Who has flags of one's own sets CFLAGS
# and LDFLAGS, as the builds with sanitizers do, which look for more.
HARDENING = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE
CFLAGS ?= -O2 -g $(HARDENING)
LDFLAGS ?= -pie -Wl,-z,relro,-z,now
STD = -std=c11 -D_GNU_SOURCE
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wwrite-strings -Wformat=2
LIBS = -lcsv -ljansson -lexpat -lmd -lcmark `pkg-config --libs freetype2 fontconfig` -lm
BIN = bin
BUILD = out/build

PROGRAMS = intake asset-value threat-rate vuln-rate risk-calc treat residual \
	report risk-diff risk-lint sign-off md-pdf
UNITS = mustache markdown font xml plain pattern
FUZZ = record csv scan-csv scan-json scan-xml map method mustache \
	markdown-html markdown-ms font
DOCUMENTS = assessment plan residual assets service incidents
SECTIONS = 1 5 7
DATA := $(sort $(wildcard schemas/*.json schemas/methods/*.json \
	schemas/maps/*.json \
	templates/*/*.md templates/report.*))
LIB = $(patsubst filters/lib/%.c,$(BUILD)/lib/%.o,$(wildcard filters/lib/*.c))

BUILD_PACKAGES = gcc libc6-dev make pkg-config libcsv-dev libjansson-dev \
	libexpat1-dev libmd-dev libcmark-dev libfreetype-dev libfontconfig-dev
PDF_PACKAGES = groff fonts-noto-cjk fonts-liberation
CHECK_PACKAGES = $(BUILD_PACKAGES) $(PDF_PACKAGES) bats bsdextrautils jq python3 \
	python3-jsonschema python3-markdown-it mandoc \
	poppler-utils qpdf cmark shellcheck clang libclang-rt-dev clang-format strace git chromium \
	locales time gcovr \
	parallel openssh-client openssh-server
BENCH_PACKAGES = $(BUILD_PACKAGES) $(PDF_PACKAGES) jq miller mawk gawk sqlite3 \
	python3 parallel g++ libsimdjson-dev \
	$(if $(shell command -v node),,nodejs npm)

# Of 'make fuzz': for how many seconds each target runs.
TIME = 60

# Of 'make bench': how many vulnerabilities, how many rounds.
N = 1000000
ROUNDS = 3

all: $(PROGRAMS:%=$(BIN)/%)

$(BIN)/%: $(BUILD)/%.o $(BUILD)/libriskline.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed -o $@ $< \
	    $(BUILD)/libriskline.a $(LIBS)

$(BUILD)/libriskline.a: $(LIB) $(BUILD)/lib/data-files.o
	$(RM) $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: filters/%.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARNINGS) $(CPPFLAGS) $(CFLAGS) \
	    `pkg-config --cflags freetype2` -MMD -MP -c -o $@ $<

# What files there are: a new time where one has come or gone.
$(BUILD)/data-list: FORCE
	@mkdir -p $(@D)
	@echo $(DATA) | cmp -s - $@ || echo $(DATA) >$@

# The files of schemas/ and templates/, built into the programs.
$(BUILD)/lib/data-files.c: $(DATA) $(BUILD)/data-list Makefile
	@mkdir -p $(@D)
	@{ echo '#include "data.h"'; n=0; for f in $(DATA); do \
	n=$$((n + 1)); echo "DATA_EMBED(data_$$n, \"$$f\")"; done; \
	echo 'const struct data_file data_files[] = {'; \
	n=0; for f in $(DATA); do n=$$((n + 1)); \
	echo "{\"$$f\", data_$$n, data_$${n}_end},"; done; \
	echo '{0}};'; } >$@

$(BUILD)/lib/data-files.o: $(BUILD)/lib/data-files.c filters/lib/data.h
	$(CC) $(STD) $(CFLAGS) -Ifilters/lib -c -o $@ $<

$(BUILD)/test-%: tests/unit/%.c $(BUILD)/libriskline.a
	$(CC) $(STD) $(WARNINGS) $(CFLAGS) -Ifilters/lib -o $@ $(filter %.c,$^) \
	    $(BUILD)/libriskline.a $(LIBS)
$(BUILD)/test-plain: tests/unit/ways.c

# Targets of libFuzzer, and what replays files through them: tests/fuzz/fuzz.h.
$(BUILD)/fuzz-%: tests/fuzz/%.c tests/fuzz/fuzz.c $(BUILD)/libriskline.a
	$(CC) $(STD) $(WARNINGS) $(CFLAGS) -fsanitize=fuzzer -Wl,--wrap=exit \
	    -Ifilters/lib -o $@ $(filter %.c,$^) $(BUILD)/libriskline.a $(LIBS)
$(BUILD)/replay-%: tests/fuzz/%.c tests/fuzz/fuzz.c tests/fuzz/replay.c \
	$(BUILD)/libriskline.a
	$(CC) $(STD) $(WARNINGS) $(CFLAGS) -Wl,--wrap=exit \
	    -Ifilters/lib -o $@ $(filter %.c,$^) $(BUILD)/libriskline.a $(LIBS)
$(foreach t,fuzz replay,$(BUILD)/$t-record): tests/unit/ways.c
$(foreach t,fuzz replay,$(patsubst %,$(BUILD)/$t-scan-%,csv json xml)): \
	tests/fuzz/findings.c

$(BUILD)/shim.so: tests/faults/shim.c
	@mkdir -p $(@D)
	$(CC) $(STD) -O1 -Wall -Wextra -shared -fPIC -o $@ $< -ldl

$(BUILD)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(CC) $(STD) $(WARNINGS) $(CFLAGS) -o $@ $<

$(BUILD)/bench/simdjson: tests/bench/peers/simdjson.cc
	@mkdir -p $(@D)
	$(CXX) -O2 -Wall -Wextra -o $@ $< `pkg-config --cflags --libs simdjson`

# What is missing of the Debian packages $(1), said and installed.
define install-packages
@missing=; for p in $(1); do \
	dpkg-query -W -f='$${Status}' $$p 2>/dev/null | \
	    grep -q 'ok installed' || missing="$$missing $$p"; done; \
if [ -n "$$missing" ] && command -v apt-get >/dev/null; then \
	echo "installing the Debian packages$$missing"; \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $$missing \
	    >/dev/null; \
elif [ -n "$$missing" ]; then \
	echo "no apt-get here: install what these Debian packages hold:$$missing"; \
fi
endef

demo-packages:
	$(call install-packages,$(BUILD_PACKAGES) $(PDF_PACKAGES))

analyse-packages:
	$(call install-packages,clang-tidy cppcheck valgrind)

check-packages:
	$(call install-packages,$(CHECK_PACKAGES))

demo: demo-packages
	@$(MAKE) --no-print-directory all
	@export PATH="$(CURDIR)/bin:$$PATH"; \
	intake samples/dispatch-2025/*.csv | asset-value | threat-rate | \
	    vuln-rate | risk-calc | treat | residual >out/dispatch-2025.jsonl
	@for d in $(DOCUMENTS); do for f in md html pdf; do \
	bin/report -f $$f $$d out/dispatch-2025.jsonl >out/$$d.$$f || { rm out/$$d.$$f; exit 1; }; \
	echo "out/$$d.$$f"; done; done

# The library for libFuzzer, and for replays.
MAKE_FUZZ = $(MAKE) --no-print-directory CC=clang BUILD=out/fuzz/build \
	CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	-fsanitize=float-cast-overflow -fno-sanitize-recover=all'

check: check-packages
	@$(MAKE) --no-print-directory all $(UNITS:%=$(BUILD)/test-%) \
	    $(BUILD)/shim.so
	+@$(MAKE_FUZZ) $(FUZZ:%=out/fuzz/build/replay-%)
	tests/run

# The tests again with the sanitizers of the compiler, all but those tagged plain,
# and which lines of the programs they run: less than nine in ten is a fault.
check-asan: check-packages
	@$(RM) -r out/asan
	@$(MAKE) --no-print-directory BIN=out/asan/bin BUILD=out/asan/build \
	    CFLAGS='-O1 -g --coverage -fsanitize=address,undefined \
	    -fno-sanitize-recover=all' \
	    all $(UNITS:%=out/asan/build/test-%) out/asan/build/shim.so
	+@$(MAKE_FUZZ) $(FUZZ:%=out/fuzz/build/replay-%)
	RISKLINE_BIN=out/asan/bin RISKLINE_BUILD=out/asan/build \
	    tests/run --filter-tags '!plain' tests/*.bats
	gcovr -s --fail-under-line 90 -f filters/ -o out/coverage.txt out/asan/build

# What clang-tidy and cppcheck say of the sources, which is nothing.  Left out
# of cppcheck: descriptors that are opened to be there, and readdir(), which one
# thread may call.
SOURCES = filters/*.c filters/lib/*.c tests/unit/*.c tests/bench/*.c \
	tests/faults/*.c tests/fuzz/*.c
analyse: check-packages analyse-packages $(BUILD)/lib/data-files.c
	cppcheck -q -j $$(nproc) --std=c11 --library=posix,gnu -D_GNU_SOURCE \
	    --enable=warning,performance,portability --error-exitcode=1 \
	    --suppress=leakReturnValNotUsed:filters/lib/filter.c \
	    --suppress=readdirCalled:filters/lib/folder.c \
	    --include=/usr/include/jansson.h -Ifilters/lib $(SOURCES)
	ls $(SOURCES) | xargs -P $$(nproc) -n 1 sh -c 'clang-tidy -quiet "$$0" -- \
	    $(STD) -Ifilters/lib -Itests/unit \
	    `pkg-config --cflags freetype2` 2>/dev/null'

# The unit tests and one run of every program over a sample, in memcheck.
check-valgrind: check-packages analyse-packages
	@$(MAKE) --no-print-directory all $(UNITS:%=$(BUILD)/test-%)
	PATH="$(CURDIR)/$(BIN):$$PATH" tests/valgrind $(BUILD)

# All of these, in less than twenty minutes.
check-all:
	tests/all

# libFuzzer makes inputs up, for TIME seconds a target, beginning with samples,
# what tests read, and the corpora in the folder CORPORA.  What groff says of
# documents so made is seen behind it.
fuzz: check-packages
	@$(MAKE) --no-print-directory all $(BUILD)/test-font
	+@$(MAKE_FUZZ) $(FUZZ:%=out/fuzz/build/fuzz-%)
	tests/fuzz/run $(TIME) out/fuzz $(FUZZ)
	PATH="$(CURDIR)/$(BIN):$$PATH" tests/fuzz/groff out/fuzz/corpus/markdown-ms

# The tests over public material in a folder, said in CORPORA.
check-corpora: check-packages
	@test -d "$(CORPORA)" || { echo 'make check-corpora CORPORA=DIR'; exit 2; }
	@$(MAKE) --no-print-directory all $(UNITS:%=$(BUILD)/test-%)
	CORPORA="$(CORPORA)" tests/run --filter-tags corpora tests/*.bats

# The programs beside others that can do the same, those that can be had.
bench-packages:
	-$(call install-packages,$(BENCH_PACKAGES))
	@mkdir -p out/bench
	@test -d out/bench/node_modules/@duckdb/node-api || \
	    npm install --silent --no-audit --no-fund --prefix out/bench \
	    @duckdb/node-api || echo 'no DuckDB: npm cannot install it'

bench: bench-packages
	@$(MAKE) --no-print-directory all bench-tools
	$${PYTHON:-/usr/bin/python3} -B tests/bench/run.py -n $(N) -r $(ROUNDS) \
	    $(BUILD)/bench

bench-tools: $(BUILD)/bench/generate $(BUILD)/bench/measure \
	$(if $(shell pkg-config --exists simdjson && echo it is there),\
	$(BUILD)/bench/simdjson)

format:
	clang-format -i filters/*.c filters/lib/*.[ch] tests/unit/*.[ch] \
	    tests/bench/*.c tests/faults/*.c tests/fuzz/*.[ch]

ROOT = $(DESTDIR)$(PREFIX)

install: all
	install -d "$(ROOT)/bin" "$(ROOT)/share/riskline"
	for p in $(PROGRAMS); do install $(BIN)/$$p \
	    "$(ROOT)/bin/$(PROGRAM_PREFIX)$$p" || exit; done
	for s in $(SECTIONS); do \
	install -d "$(ROOT)/share/man/man$$s"; \
	for f in man/*.$$s; do p=; [ $$s = 1 ] && p=$(PROGRAM_PREFIX); \
	install -m 644 $$f \
	    "$(ROOT)/share/man/man$$s/$$p$${f##*/}" || exit; done; done
	for f in $(DATA); do install -D -m 644 $$f \
	    "$(ROOT)/share/riskline/$$f" || exit; done

uninstall:
	for p in $(PROGRAMS); do \
	$(RM) "$(ROOT)/bin/$(PROGRAM_PREFIX)$$p"; done
	for s in $(SECTIONS); do for f in man/*.$$s; do \
	p=; [ $$s = 1 ] && p=$(PROGRAM_PREFIX); \
	$(RM) "$(ROOT)/share/man/man$$s/$$p$${f##*/}"; done; done
	$(RM) -r "$(ROOT)/share/riskline"

dist:
	@mkdir -p out
	git archive --prefix=riskline/ -o out/riskline.tar.gz HEAD

# From a tarball, without git, in a folder with spaces and a Chinese name and in
# a Chinese locale, by both compilers and without a warning: what is installed
# works, and nothing is left of it.
distcheck: check-packages dist
	@rm -rf out/locale 'out/dist 检查' && mkdir -p out/locale
	@localedef -c -i zh_CN -f GB18030 out/locale/zh_CN.GB18030
	@for cc in gcc clang; do \
	folder="$(CURDIR)/out/dist 检查/$$cc"; mkdir -p "$$folder" && \
	tar xzf out/riskline.tar.gz -C "$$folder" && ( cd "$$folder/riskline" && \
	export LOCPATH="$(CURDIR)/out/locale" && \
	{ export LC_ALL=zh_CN.GB18030; } 2>/dev/null && \
	$(MAKE) --no-print-directory CC=$$cc CFLAGS='-O2 -Werror $(HARDENING)' \
	    DESTDIR="$$folder/根 目录" install \
	    >"$$folder/log" && \
	PATH="$$folder/根 目录$(PREFIX)/bin:$$PATH" && cd / && \
	intake "$$folder/riskline/samples/dispatch-2025"/*.csv | asset-value | \
	    threat-rate | vuln-rate | risk-calc | treat | residual | \
	    report -l en plan | grep -q '^# Risk Treatment Plan' && \
	cd "$$folder/riskline" && $(MAKE) --no-print-directory \
	    DESTDIR="$$folder/根 目录" uninstall >>"$$folder/log" && \
	[ -z "$$(find "$$folder/根 目录" -type f)" ] ) && \
	echo "$$cc: built, installed, run and uninstalled" || exit 1; done

clean:
	$(RM) -r bin out

-include $(wildcard $(BUILD)/*.d $(BUILD)/lib/*.d)

FORCE:

.PHONY: all demo-packages check-packages analyse-packages demo check \
	check-all check-asan check-corpora check-valgrind analyse fuzz \
	bench-packages bench bench-tools format install uninstall dist \
	distcheck clean
.SECONDARY:
