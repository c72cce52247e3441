load helper

# Every line of the manual and of README that a reader is shown to type.

@test "every example of the manual runs" {
	cd "$ROOT"
	export TMPDIR=$BATS_TEST_TMPDIR
	local count=0 command page
	for page in man/*; do
		"$PYTHON" "$TESTS/examples.py" "$page" >"$TMPDIR/commands"
		while IFS= read -r -d '' command; do
			bash -o pipefail -c "$command" >"$TMPDIR/out" 2>"$TMPDIR/err" </dev/null || {
				echo "$page: status $?: $command"
				head "$TMPDIR/err"
				return 1
			}
			count=$((count + 1))
		done <"$TMPDIR/commands"
	done
	[ "$count" -ge 30 ]
}

@test "the line of README runs and gives the report of make demo" {
	cd "$ROOT"
	sed -n '/^    intake samples/,/assessment.pdf$/p' README.md | sed "s,>assessment.pdf,>$BATS_TEST_TMPDIR/assessment.pdf," \
		>"$BATS_TEST_TMPDIR/line"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/line")" -eq 2 ]
	bash -o pipefail -e "$BATS_TEST_TMPDIR/line"
	cd "$BATS_TEST_TMPDIR"
	intake "$ROOT"/samples/dispatch-2025/*.csv | assessed | report -f pdf assessment >direct.pdf
	same direct.pdf assessment.pdf
}

@test "the usage of each program is its synopsis" {
	cd "$ROOT"
	for page in man/*.1; do
		name=$(basename "$page" .1)
		mandoc -Tutf8 -Owidth=200 "$page" | col -b | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' |
			sed '1d;$d' | tr -s ' \n' ' ' | sed 's/^ //; s/ $//' >"$BATS_TEST_TMPDIR/synopsis"
		"$name" -Z 2>&1 >/dev/null | sed -n 's/^usage: //p' >"$BATS_TEST_TMPDIR/usage" || true
		tr -d '\n' <"$BATS_TEST_TMPDIR/usage" >"$BATS_TEST_TMPDIR/one"
		same "$BATS_TEST_TMPDIR/synopsis" "$BATS_TEST_TMPDIR/one"
	done
}
