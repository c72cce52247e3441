# The arithmetic of every program against oracle.py, over whole domains.

load helper

# check NAME PROGRAM...: what the program makes of the oracle's input.
check() {
	"$PYTHON" "$TESTS/oracle.py" "$1" "${method:-$ROOT/schemas/methods/tfdl-1508.json}"
	shift
	quietly "$@" <in
	same want out
}

# with JQ: a method made of the shipped one, in the file named by method.
with() {
	method=$BATS_TEST_TMPDIR/ours.json
	jq "$1" "$ROOT/schemas/methods/tfdl-1508.json" >"$method"
}

@test "asset values: the mean, all 125 (C, I, A)" {
	check assets asset-value
	grep -c '"value_basis":"computed"' out | grep -qx 125
}

@test "asset values: the highest" {
	with '.asset_value.combine = "max"'
	check assets asset-value -m "$method"
}

@test "asset values: the logarithm" {
	with '.asset_value.combine = "log2"'
	check assets asset-value -m "$method"
}

@test "asset values: weights" {
	for w in 1,2,3 0,0,1 3,0,1 7,5,3 2,2,2 1,1,2 100,1,1; do
		IFS=, read -r c i a <<<"$w"
		with ".asset_value.weights = {confidentiality: $c, integrity: $i, availability: $a}"
		check assets asset-value -m "$method"
	done
}

@test "asset values: as the procedure's notes give them" {
	printf '{"type":"asset","id":"%s","name":"n","confidentiality":%d,"integrity":%d,"availability":%d}\n' \
		a 5 4 4 b 5 5 4 c 1 2 2 | asset-value | jq -r '[.value, .value_level] | @tsv' >out
	printf '4.3\t4\n4.7\t5\n1.7\t2\n' | same - out
}

@test "availability from agreed figures" {
	check availabilities asset-value
}

@test "availability: a rating goes before the figures" {
	echo '{"type":"asset","id":"a","name":"n","confidentiality":1,"integrity":1,"availability":1,"availability_percent":100}' |
		asset-value | jq -e '.availability == 1 and .value == 1 and (has("availability_basis") | not)'
}

@test "threat frequency: all 125 of the table, and the assessor's" {
	check threats threat-rate
}

@test "threat frequency: another table" {
	with '.threat_table = [range(5) | [range(5) | [range(5) | 4]]] | .threat_table[4] = [range(5) | [range(5) | 5]]'
	for a in 4 5; do
		echo "{\"type\":\"threat\",\"id\":\"t$a\",\"name\":\"n\",\"attractiveness\":$a,\"capability\":1,\"exploitability\":1}"
	done | threat-rate -m "$method" | jq .frequency_level | tr '\n' ' ' | grep -qx '4 5 '
}

@test "threat frequency: 0 to 400 incidents in periods from a year to three days" {
	for method in year leap-year year-from-july half-year quarter month ten-days three-days; do
		check history threat-rate
	done
}

@test "severities: CVSS by tenths, words, assessors, measures" {
	check weaknesses vuln-rate
}

@test "risks: all 125 (A, T, V), every step" {
	check risks risk-calc
	[ "$(grep -c '"type":"risk"' out)" -eq 750 ]
}

@test "risks: the fingerprint changes with the method, not with its spelling" {
	with '.scales.risk[0].colour = "#ffffff"'
	check risks risk-calc -m "$method"
	jq -cS . "$ROOT/schemas/methods/tfdl-1508.json" >other.json
	method=
	check risks risk-calc -m ./other.json
}

@test "risks: an exposure's frequency goes before the threat's" {
	cat >in <<-'END'
	{"type":"asset","id":"a","name":"n","confidentiality":3,"integrity":3,"availability":3,"value_level":3}
	{"type":"asset","id":"b","name":"n","confidentiality":3,"integrity":3,"availability":3,"value_level":3}
	{"type":"threat","id":"t","name":"n","manner":"theft","frequency_level":2}
	{"type":"exposure","asset":"a","threat":"t","frequency_level":5}
	{"type":"vulnerability","id":"v","name":"n","asset":"a","threats":["t"],"severity":3,"severity_level":3}
	{"type":"vulnerability","id":"w","name":"n","asset":"b","manners":["theft"],"severity":3,"severity_level":3}
	END
	quietly risk-calc <in
	jq -r 'select(.type == "risk") | "\(.id) \(.frequency_level) \(.level)"' out >found
	printf 'a/t/v 5 2\nb/t/w 2 1\n' | same - found
}

@test "risks: a threat named by id and by manner counts once" {
	cat >in <<-'END'
	{"type":"asset","id":"a","name":"n","confidentiality":3,"integrity":3,"availability":3,"value_level":3}
	{"type":"threat","id":"s","name":"n","manner":"virus","frequency_level":2}
	{"type":"threat","id":"t","name":"n","manner":"theft","frequency_level":2}
	{"type":"threat","id":"u","name":"n","manner":"theft","frequency_level":2}
	{"type":"vulnerability","id":"v/1","name":"n","asset":"a","threats":["t","t","s"],"manners":["theft"],"severity":3,"severity_level":3}
	END
	quietly risk-calc <in
	jq -r 'select(.type == "risk").id' out >found
	printf 'a/%s/v/1\n' t s u | same - found
}

@test "treatments and what remains: all 125 with every set of levels after" {
	"$PYTHON" "$TESTS/oracle.py" treatments "$ROOT/schemas/methods/tfdl-1508.json"
	treat <in >treated
	residual <treated | sed '/"type":"treatment"/s/"priority":[0-9]*,//' >out
	same want out
	"$PYTHON" "$TESTS/oracle.py" attention treated
}

@test "treatments: the most specific decision wins" {
	"$PYTHON" "$TESTS/oracle.py" treatments "$ROOT/schemas/methods/tfdl-1508.json"
	grep -m 4 '"type":"risk"' in >risks
	cat >decisions <<-'END'
	{"type":"decision","asset":"A1","option":"retain"}
	{"type":"decision","vulnerability":"V1","option":"accept"}
	{"type":"decision","risk":"A1/T1/V1","option":"avoid"}
	{"type":"decision","asset":"A2","option":"transfer"}
	{"type":"decision","vulnerability":"V2","option":"control"}
	{"type":"decision","asset":"A3","option":"accept","cost":0.1}
	END
	gives 0 treat decisions risks
	says 'treat: decisions that met no risk: 3, the first on asset A1'
	jq -r 'select(.type == "treatment") | "\(.option) \(.decided_by) \(.cost) \(.problems | join(","))"' out >found
	cat >want <<-'END'
	avoid risk null justification
	control vulnerability null measure,department,owner,due,effect
	accept asset 0.1 justification,expires
	retain null null 
	END
	same want found
	grep -q '"cost":0.1,' out
}
