# The short way through a line against jansson's: they agree on every line.

load helper

# The records of every stage, with all that programs add.
stream() {
	intake "$ROOT"/samples/dispatch-2025/*.csv | rated | risk-calc "$@" | treat | residual
}

@test "a line that is plain is to both what it is to jansson" {
	{ stream -x && cat "$TESTS"/input/*.jsonl; } >lines
	local n
	n=$(rounds 200000)
	quietly "$BUILD/test-plain" -n "$n" lines
	# Enough of the changed lines are plain, and enough are not JSON.
	awk -v n="$n" 'NR == 2 { exit !($2 > n / 4 && $3 > n / 4 && $1 - $2 - $3 > n / 20) }' out
}

@test "what programs write is plain, but for escapes and objects in it" {
	stream | grep -v -e '\\' -e '{.*{' >lines
	quietly "$BUILD/test-plain" lines
	awk '{ exit !($1 > 600 && $2 == $1) }' out
}

@test "patterns of schemas match what regexec(3) has them match" {
	(
		cd "$ROOT/schemas" || return
		# Patterns of map.json and method.json are for another reader.
		find . -maxdepth 1 -name '*.json' ! -name map.json ! -name method.json -print0 |
			sort -z | xargs -0 jq -r '.. | .pattern? | strings' | sort -u
	) >patterns
	cat >>patterns <<-'END'
		^[0-9]+-[a-z]*$
		^a*a$
		^[a-c]*[c-e]+$
		^[^a]*@$
		^x{3}y$
		^[^a]$
		^[]a]+$
		^[[:alpha:]]+$
		^(a|b)$
		^a?$
		^.$
		a
		^a-z$
		^[a-]+$
	END
	mapfile -t patterns <patterns
	quietly "$BUILD/test-pattern" -n 20000 "${patterns[@]}"
	grep -q '^row some$' out
}

# bats test_tags=corpora
@test "every line of the JSON corpora" {
	corpora json
	find "$CORPORA/json" -name '*.json' -print0 | sort -z | xargs -0 "$BUILD/test-plain" -n 50000 >out
	awk 'NR == 1 { exit !($1 > 300 && $2 > 0 && $3 > 200) }' out
}
