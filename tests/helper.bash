# What the tests share.  Each test runs in a folder of its own and writes
# nowhere else; GOLDEN=write rewrites the golden files.
# shellcheck shell=bash

bats_require_minimum_version 1.5.0

setup() {
	ROOT=$(cd "$BATS_TEST_DIRNAME/.." && pwd)
	TESTS=$BATS_TEST_DIRNAME
	BIN=$ROOT/${RISKLINE_BIN:-bin}
	BUILD=$ROOT/${RISKLINE_BUILD:-out/build}
	PATH=$BIN:$PATH
	PYTHON=${PYTHON:-/usr/bin/python3}
	export ROOT TESTS BIN BUILD PATH PYTHON
	export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
	unset RISKLINE_DATA
	set -o pipefail
	cd "$BATS_TEST_TMPDIR" || return
}

# Whether the programs are those that users have, not built for the sanitizers.
# Tests tagged plain are of these alone, or of no program.
is_plain() {
	[ "$BIN" = "$ROOT/bin" ]
}

# rounds N: how often something random is tried; a quarter with the sanitizers.
rounds() {
	if is_plain; then echo "$1"; else echo $(($1 / 4)); fi
}

# Every filter; those that take a method.
FILTERS='intake asset-value threat-rate vuln-rate risk-calc treat residual'
METHOD_FILTERS=${FILTERS#intake }
export FILTERS METHOD_FILTERS

# same WANTED FOUND: the bytes of two files.
same() {
	cmp "$1" "$2" && return
	diff -a -u "$1" "$2" | cut -c 1-400 | sed -n 1,16p
	return 1
}

# golden NAME FILE: the bytes of a file are those kept in golden/NAME.
golden() {
	if [ "${GOLDEN:-}" = write ]; then
		mkdir -p "$TESTS/golden"
		cp "$2" "$TESTS/golden/$1"
		return
	fi
	same "$TESTS/golden/$1" "$2"
}

# gives STATUS COMMAND...: its output in out, its messages in err.
gives() {
	local wanted=$1 status=0
	shift
	"$@" >out 2>err || status=$?
	[ "$status" -eq "$wanted" ] && return
	echo "status $status, not $wanted: $*"
	head -n 20 err
	return 1
}

# quietly COMMAND...: status 0 and no message.
quietly() {
	gives 0 "$@" && same /dev/null err
}

# says TEXT: one of the messages in err is exactly this line.
says() {
	grep -Fqx -e "$1" err && return
	echo "no such message: $1"
	head -n 20 err
	return 1
}

# without TEXT FILE: no line of the file has the text ("! grep" fails no test).
without() {
	if grep -F -e "$1" "$2" | sed -n 1,5p | grep .; then
		return 1
	fi
}

# The rating and judging stages of the pipeline, on standard input.
rated() {
	asset-value | threat-rate | vuln-rate
}

assessed() {
	rated | risk-calc | treat | residual
}

# check NAME PROGRAM...: what the program makes of the oracle's input.
check() {
	"$PYTHON" "$TESTS/oracle.py" "$1" "${method:-$ROOT/schemas/methods/tfdl-1508.json}"
	shift
	quietly "$@" <in
	same want out
}

# with JQ...: a method made of the shipped one, in the file named by method.
with() {
	method=$BATS_TEST_TMPDIR/ours.json
	jq "$@" "$ROOT/schemas/methods/tfdl-1508.json" >"$method"
}

# levels N: a method with N levels in every scale and answers to every question
# of the threat table, C, I and A graded by themselves.
# shellcheck disable=SC2016 # the variables are those of jq
levels() {
	with --argjson n "$1" '
		def stretch: .[0] as $first | [range($n) as $i | $first + {level: ($i + 1)}];
		.name = "levels-\($n)"
		| .scales |= map_values(stretch)
		| .scales.availability |= map(if .level > 1 then
			. + {uptime_permille: (100 * .level), outage_below: (100 - 10 * .level)} else . end)
		| .scales.value |= map(.from = ([10, 10 * .level - 5] | max) | .to = ([10 * .level + 4, 10 * $n] | min))
		| .scales |= with_entries(if .key | IN("likelihood", "loss", "risk") then
			.value |= map(.from = $n * (.level - 1) + 1 | .to = $n * .level) else . end)
		| .scales.risk |= map(.acceptable = (.level < 2 * $n / 3))
		| .history |= map(select(.level <= $n))
		| .threat_table = [range($n) as $a | [range($n) as $c | [range($n) | (. + $a + $c) / 3 | floor | . + 1]]]
		| .words |= map_values([., $n] | min)
		| .cvss |= map(select(.level <= $n))'
}

# corpora DIR: skips the test where these corpora are not at hand.
corpora() {
	[ -d "${CORPORA:-/nonexistent}/$1" ] ||
		skip "skipped: CORPORA names no folder with $1"
}
