load helper

# What the sources promise of themselves.
# bats file_tags=plain

@test "the manual is without a fault" {
	cd "$ROOT"
	for page in man/*.[157]; do
		mandoc -Tlint -Wwarning "$page"
		groff -mdoc -ww -b -z -Kutf8 "$page" 2>&1
	done >"$BATS_TEST_TMPDIR/out"
	same /dev/null "$BATS_TEST_TMPDIR/out"
}

@test "every page that another names is there" {
	cd "$ROOT"
	grep -h '^\.Xr' man/* | sed -E 's/^\.Xr ([^ ]+) ([0-9]).*/\1.\2/' | sort -u |
		grep -vE '^(jq|diff|tee|iconv|groff|git|mlr|make|bash|sort|comm|parallel|xargs|less|man|fonts.conf)\.' >"$BATS_TEST_TMPDIR/named"
	while read -r page; do
		ls "man/$page"
	done <"$BATS_TEST_TMPDIR/named"
}

@test "every program has a page, a test that names it, and a place in README" {
	cd "$ROOT"
	for program in filters/*.c; do
		name=$(basename "$program" .c)
		ls "man/$name.1"
		grep -q -- "$name" README.md
		grep -l -- "$name" tests/*.bats
	done
}

@test "the sources are formatted as .clang-format says" {
	cd "$ROOT"
	clang-format --dry-run -Werror filters/*.c filters/lib/*.[ch] tests/unit/*.[ch] tests/bench/*.c tests/faults/*.c tests/fuzz/*.[ch]
}

@test "shell files pass shellcheck" {
	cd "$ROOT"
	shellcheck -x tests/run .ci/run tests/helper.bash tests/fuzz/{run,seeds,groff}
}

@test "each outside library has its doors, and programs none" {
	cd "$ROOT"
	doors() {
		grep -lE "#include <$1>" -r filters | xargs -n1 basename | sort | tr '\n' ' '
	}
	[ "$(doors jansson.h)" = 'canonical.c item.h lists.h method-private.h record.c schema.c shape.h template.c value.c view.h ' ]
	[ "$(doors csv.h)" = 'table.c ' ]
	[ "$(doors expat.h)" = 'xml.c ' ]
	[ "$(doors sha2.h)" = 'digest.c ' ]
	[ "$(doors iconv.h)" = 'decode.c ' ]
	[ "$(doors regex.h)" = 'pattern.h ' ]
	[ "$(doors cmark.h)" = 'markdown-private.h ' ]
	[ "$(doors ft2build.h)" = 'font-outline.c ' ]
	[ "$(doors fontconfig/fontconfig.h)" = 'font-face.c ' ]
}

@test "each header compiles alone" {
	cd "$ROOT"
	for header in filters/lib/*.h; do
		${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -Ifilters/lib -fsyntax-only -x c "$header"
	done
}

@test "the sources compile without a warning" {
	cd "$ROOT"
	make -s WARNINGS="$(sed -n '/^WARNINGS/,/[^\\]$/p' Makefile | tr -d '\\\n' | sed 's/^WARNINGS = //') -Werror" \
		BIN="$BATS_TEST_TMPDIR/bin" BUILD="$BATS_TEST_TMPDIR/build" all 2>&1 | tail -n 20
	ls "$BATS_TEST_TMPDIR/bin/report"
}

@test "nothing of lib knows a program, and no exit status is a bare number" {
	cd "$ROOT"
	! grep -nE 'include "(\.\./)' filters/lib/*.[ch] || return 1
	! grep -nE '\b(exit|errx?)\([0-9]' filters/*.c filters/lib/*.c || return 1
}

@test "make install and uninstall leave nothing behind" {
	cd "$ROOT"
	make -s install DESTDIR="$BATS_TEST_TMPDIR/d" PREFIX=/usr PROGRAM_PREFIX=rl-
	find "$BATS_TEST_TMPDIR/d" -type f | sed "s,$BATS_TEST_TMPDIR/d,," | sort >"$BATS_TEST_TMPDIR/list"
	grep -Fx /usr/bin/rl-report "$BATS_TEST_TMPDIR/list"
	grep -Fx /usr/share/man/man1/rl-report.1 "$BATS_TEST_TMPDIR/list"
	grep -Fx /usr/share/man/man7/riskline.7 "$BATS_TEST_TMPDIR/list"
	grep -Fx /usr/share/riskline/schemas/methods/tfdl-1508.json "$BATS_TEST_TMPDIR/list"
	cd /
	echo '{"type":"asset","id":"A","name":"n","confidentiality":1,"integrity":2,"availability":2}' |
		"$BATS_TEST_TMPDIR/d/usr/bin/rl-asset-value" | grep -F '"value":1.7,"value_level":2'
	cd "$ROOT"
	make -s uninstall DESTDIR="$BATS_TEST_TMPDIR/d" PREFIX=/usr PROGRAM_PREFIX=rl-
	[ -z "$(find "$BATS_TEST_TMPDIR/d" -type f)" ]
}
