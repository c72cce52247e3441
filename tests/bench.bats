load helper

# The measurements, made small: what they measure must hold at any size.
# bats file_tags=plain

tools() {
	make -s -C "$ROOT" bench-tools
	TOOLS=$BUILD/bench
}

# bench N: a round of everything, in the folder bench.
bench() {
	"$PYTHON" "$TESTS/bench/run.py" -b "$BIN" -d bench -n "$1" -r 1 -s 2 "$TOOLS"
}

# row NAME COLUMNS: how many columns the rows of that name have in out.
row() {
	grep -F "| $1" out | awk -F'|' -v n="$2" 'NF == n + 2 { found = 1 }
		END { exit !found }' && return
	echo "no row of $2 columns: $1"
	return 1
}

@test "the data of the measurements is the same bytes everywhere" {
	tools
	for type in asset threat vulnerability; do
		for format in jsonl tsv csv; do
			"$TOOLS/generate" $format $type 1000
		done
	done | sha256sum >out
	"$TOOLS/generate" -c jsonl vulnerability 1000 | sha256sum >>out
	golden bench.out out
}

@test "all that compute risks agree, and every table has its rows" {
	tools
	mkdir bench
	[ ! -d "$ROOT/out/bench/node_modules" ] || ln -s "$ROOT/out/bench/node_modules" bench
	gives 0 bench 200
	cmp out bench/table.md
	row risk-calc 7
	row cat 7
	while read -r command name; do
		! command -v "$command" >/dev/null || row "$name" 7
	done <<-'END'
		mawk mawk
		gawk gawk
		sqlite3 sqlite3
		mlr Miller
		jq jq
		node node
		python3 python3
	END
	[ ! -x "$TOOLS/simdjson" ] || row simdjson 7
	[ ! -d bench/node_modules/@duckdb ] || row DuckDB 7
	for n in 2 20 200 1,000; do
		row "$n |" 5
	done
	for name in $FILTERS report 'a pipeline of all but report' 'a pipeline of all eight'; do
		row "$name |" 7
	done
	for name in true $FILTERS report risk-lint sign-off 'python3 -c pass' 'jq .'; do
		row "$name |" 3
	done
	for name in 'report -f md' 'report -f ms' 'report -f pdf' md-pdf 'in report -f pdf: groff, second pass'; do
		row "$name |" 7
	done
	grep -qE 'risk-diff of 200|No risk-diff here' out
	grep -qE 'Scale out|the scale out is not measured' out
	without failed out
}

@test "a peer with other risks is an error" {
	tools
	mkdir other
	cat >other/jq <<-END
		#!/bin/sh
		[ "\$1" = --version ] && exit
		$(command -v jq) "\$@" | sed '\$s/"score":/&1/'
	END
	chmod +x other/jq
	PATH=$PWD/other:$PATH gives 1 bench 100
	says 'jq: other risks than risk-calc'
}
