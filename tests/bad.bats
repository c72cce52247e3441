# What bad input gets: a message with its place, a refused record in its
# place, status 1; and every good record is still handled.

load helper

# The refused records in out.
refusals() {
	jq -c 'select(.type == "refused")' out
}

@test "assets: every kind of bad record" {
	cp "$TESTS/input/assets.jsonl" .
	gives 1 asset-value assets.jsonl
	golden assets.out out
	golden assets.err err
	[ "$(refusals | wc -l)" -eq "$(cut -d : -f 3 err | sort -u | wc -l)" ]
	[ "$(jq -s 'map(select(.value)) | length' out)" -eq 3 ]
}

@test "intake finds the same but what one record alone cannot show" {
	cp "$TESTS/input/assets.jsonl" .
	sed -i 1,3d assets.jsonl
	levels 9
	asset-value -m "$method" assets.jsonl 2>want >/dev/null || true
	gives 1 intake assets.jsonl
	grep -v -e 'has the id' -e 'stands here already' want | sed 's/^asset-value/intake/' | same - err
}

@test "a refused record has the text as it came" {
	cp "$TESTS/input/assets.jsonl" in
	asset-value in >out 2>err || true
	while read -r n; do
		sed -n "${n}p" in >want
		jq -r "select(.type == \"refused\" and .line == $n).record" out | same want -
	done < <(refusals | jq .line)
}

@test "the whole chain: unknown, repeated, late and incomplete records" {
	cp "$TESTS/input/chain.jsonl" 0
	n=0
	for filter in $METHOD_FILTERS; do
		"$filter" "$n" >"$((n + 1))" 2>>messages || [ $? -eq 1 ]
		n=$((n + 1))
	done
	golden chain.out "$n"
	golden chain.err messages
}

@test "bytes that are no UTF-8 text: the record is kept in Base64" {
	printf '{"type":"asset","id":"\377\376"}\n{"type":"a\0b"}\n\0\n{"type":"n","a":"\355\240\200"}\n{"type":"\300\200"}\n{"type":"n","a":"\364\220\200\200"}\n{"type":"n","a":"\345\214' >in
	echo '{"type":"good"}' >last
	for filter in $FILTERS; do
		gives 1 "$filter" in last
		tail -n 1 out | same last -
		refusals | jq -r .encoding | same <(yes base64 | sed 7q) -
		refusals | jq -r .record | while read -r text; do
			echo "$text" | base64 -d && echo
		done | same <(cat in && echo) -
	done
	sed 's/^residual/FILTER/' err | golden bytes.err /dev/stdin
}

@test "a NUL in a string is refused" {
	printf '%s\n' '{"type":"note","a":"\u0000"}' '{"type":"note","\u0000":1}' '{"type":"\u0000"}' >in
	for filter in $FILTERS; do
		gives 1 "$filter" in
		[ "$(refusals | wc -l)" -eq 3 ]
		says "$filter: in:3: a NUL character, \\u0000"
	done
}

@test "nesting to 100000 is refused, to 1000 it passes" {
	nest() {
		printf '{"type":"note","a":'
		head -c "$1" /dev/zero | tr '\0' '['
		head -c "$1" /dev/zero | tr '\0' ']'
		echo '}'
	}
	{ nest 100000 && nest 1000 && nest 1000000; } >in
	for filter in $FILTERS; do
		gives 1 "$filter" in
		sed -n 2p out | same <(nest 1000) -
		[ "$(wc -l <out)" -eq 3 ]
		sed -n 1p out | jq -e '.line == 1 and .bytes == 200020'
		cut -d : -f 1-4 err | same <(printf "$filter: in:%d: not JSON\n" 1 3) -
	done
}

@test "a method that does not hold is status 2, and nothing is written" {
	other=$BATS_TEST_TMPDIR/other.json
	own=$ROOT/schemas/methods/tfdl-1508.json
	good='{"type":"note"}'
	while read -r change; do
		jq "$change" "$own" >"$other"
		cmp -s <(jq -S . "$own") <(jq -S . "$other") && return 1
		gives 2 asset-value -m "$other" <<<"$good"
		same /dev/null out
		grep "^asset-value: method $other: " err
	done <<-'END'
	.scales.value[2].from = 27
	.scales.value[2].from = 25
	.scales.risk[1].to = 11
	.scales.loss[4].to = 24
	.scales.likelihood[0].from = 0
	.scales.frequency |= .[1:]
	del(.scales.severity)
	del(.scales.severity[0].label.en)
	.scales.risk[3].acceptable = "no"
	del(.history)
	.history[0].at_least = 0
	.unseen = 0
	.threat_table[4][4][4] = 1
	.threat_table[0][0] |= .[1:]
	.threat_table[0][0][0] = 6
	.asset_value.combine = "sum"
	.asset_value.weights = {confidentiality: 0, integrity: 0, availability: 0}
	.asset_value.weights.integrity = -1
	.asset_value.weights.integrity = 0.5
	.risk.formula = "sum"
	.words.high = 6
	.cvss[0].from = 9.5
	.cvss |= reverse
	.measures.partial = -1
	.measures.partial = 3
	.words.low = 5
	.unseen = 5
	.history[0].more_than = 1
	.scales.availability[4].uptime_permille = 100
	del(.scales.availability[3].uptime_permille)
	del(.scales.availability[1].outage_below)
	.scales.availability[1].outage_below = 5
	.scales.risk[1].acceptable = false
	del(.options)
	.options |= reverse
	del(.options[2].definition.zh)
	del(.source)
	.note = 0.5
	.name = "x" * 101
	.name = "Ours"
	END
	for filter in $METHOD_FILTERS; do
		gives 2 "$filter" -m ./nowhere.json
		says "$filter: ./nowhere.json: No such file or directory"
		gives 2 "$filter" -m nowhere
		gives 2 "$filter" -m "$other" <<<"$good"
	done
	sed 's/"unseen"/"unseen": 2, "unseen"/' "$own" >"$other"
	gives 2 asset-value -m "$other"
}

@test "a method whose name or colours do not hold" {
	for change in '.name = "A b"' '.name = ""' '.scales.risk[0].colour = "red"'; do
		jq "$change" "$ROOT/schemas/methods/tfdl-1508.json" >other.json
		gives 2 risk-calc -m ./other.json </dev/null
	done
}

@test "numbers of two methods are not mixed" {
	jq '.scales.risk[0].colour = "#ffffff"' "$ROOT/schemas/methods/tfdl-1508.json" >other.json
	intake "$ROOT/samples/dispatch-2025"/*.csv | rated | risk-calc -m ./other.json >in
	risks=$(grep -c '^{"type":"risk"' in)
	gives 1 treat in
	[ "$(refusals | wc -l)" -eq "$risks" ]
	[ "$(grep -c ': method: tfdl-1508@[0-9a-f]* is not tfdl-1508@[0-9a-f]*$' err)" -eq "$risks" ]
	treat -m ./other.json in >treated
	gives 1 residual treated
	[ "$(refusals | wc -l)" -eq "$risks" ]
	quietly residual -m ./other.json treated
}

@test "numbers of two methods are mixed where that is asked for, and reports say so" {
	jq '.scales.risk[0].colour = "#ffffff"' "$ROOT/schemas/methods/tfdl-1508.json" >other.json
	intake "$ROOT/samples/dispatch-2025"/*.csv | rated | risk-calc -m ./other.json >in
	quietly treat -f in
	mv out treated
	quietly residual -f treated
	mv out both
	# What each wrote: the method that judged is the one in force.
	jq -r 'select(.type | IN("risk", "treatment", "residual")) | "\(.type) \(.method)"' both |
		sort | uniq -c | sed 's/@.*//' >found
	[ "$(wc -l <found)" -eq 3 ]
	other=$(jq -r 'select(.type == "risk") | .method' both | sort -u)
	own=$(jq -r 'select(.type == "residual") | .method' both | sort -u)
	[ "$other" != "$own" ]
	[ "$(risk-lint -m tfdl-1508 | sed -n '1s/:.*//p')" = "$own" ]
	# The arithmetic is the same here, so the numbers are those of one method.
	intake "$ROOT/samples/dispatch-2025"/*.csv | assessed >one
	for file in one both; do
		jq -c 'select(.type != "residual" or .basis != "none") | del(.method)' $file >$file.numbers
	done
	same one.numbers both.numbers
	# What nobody treats stays as the other method has it.
	jq -c 'select(.type == "residual" and .basis == "none") | [.risk, .before_score, .before_level, .acceptable]' one >want
	jq -c 'select(.type == "residual" and .basis == "none") | [.risk, .after_score, .after_level, .acceptable]' both | same want -
	gives 1 report assessment both
	quietly report -M assessment both
	risks=$(grep -c '^{"type":"risk"' in)
	grep -F "方法\`$other\`有$((2 * risks))条" out
	quietly report -M -l en plan both
	grep -F "$((2 * risks)) by \`$other\`" out
}

@test "what does not fit the scales of the method in force is refused, also where methods mix" {
	levels 9
	intake "$ROOT/samples/dispatch-2025"/*.csv | asset-value -m "$method" |
		threat-rate -m "$method" | vuln-rate -m "$method" |
		jq -c 'with_entries(if .key | IN("severity_level", "frequency_level") then
			.value |= ([2 * ., 9] | min) else . end)' |
		risk-calc -m "$method" | jq -c 'select(.type == "risk")' >in
	jq -c 'select(.score > 25 or
		([.level, .loss_level, .likelihood_level, .severity_level, .frequency_level] | max) > 5)' in >misfits
	[ -s misfits ]
	gives 1 treat -f in
	[ "$(refusals | wc -l)" -eq "$(wc -l <misfits)" ]
	refusals | jq -r .record | same misfits -
	without 'tfdl-1508@' misfits
	gives 1 report -M assessment in
	[ "$(grep -c ': [a-z_]*: [0-9]* is not in 1\.\.5$\|: score: above the highest of tfdl-1508@' err)" -ge "$(wc -l <misfits)" ]
}

@test "a vulnerability that no threat can use is not passed over in silence" {
	cat >in <<-'END'
	{"type":"asset","id":"a","name":"n","confidentiality":3,"integrity":3,"availability":3,"value_level":3}
	{"type":"vulnerability","id":"v","name":"n","asset":"a","threats":[],"severity":3,"severity_level":3}
	{"type":"vulnerability","id":"w","name":"n","asset":"a","threats":[],"manners":[],"severity":3,"severity_level":3}
	END
	gives 1 risk-calc in
	[ "$(refusals | wc -l)" -eq 2 ]
}

# bats test_tags=corpora
@test "JSON itself: what a parser must take and must not" {
	corpora json/test_parsing
	"$PYTHON" - <<-'END'
	import os
	from pathlib import Path
	# A key twice and NUL are JSON, but no record of ours.
	ours = ("duplicated_key", "null_escape", "escaped_null")
	files = sorted((Path(os.environ["CORPORA"]) / "json/test_parsing").glob("[yn]_*"))
	with open("good", "wb") as good, open("bad", "wb") as bad:
	    for file in files:
	        data = file.read_bytes().strip(b"\n")
	        if b"\n" not in data:
	            fine = file.name[0] == "y" and not any(k in file.name for k in ours)
	            line = b'{"type":"note","v":' + data + b"}\n"
	            (good if fine else bad).write(line)
	END
	# What a parser may take or not: riskline-security(7) says which.
	"$PYTHON" - <<-'END'
	import os
	from pathlib import Path
	taken = ("double_huge_neg_exp", "real_underflow", "too_big_neg_int", "too_big_pos_int",
	         "very_big_negative_int", "500_nested_arrays")
	with open("good", "ab") as good, open("bad", "ab") as bad:
	    for file in sorted((Path(os.environ["CORPORA"]) / "json/test_parsing").glob("i_*")):
	        data = file.read_bytes().strip(b"\n")
	        if b"\n" not in data:
	            (good if file.stem.endswith(taken) else bad).write(b'{"type":"note","v":' + data + b"}\n")
	END
	[ "$(wc -l <good)" -gt 80 ]
	[ "$(wc -l <bad)" -gt 180 ]
	for filter in $FILTERS; do
		quietly "$filter" good
		same good out
		gives 1 "$filter" bad
		[ "$(grep -ac '^{"type":"refused",' out)" -eq "$(wc -l <bad)" ]
		[ "$(wc -l <err)" -eq "$(wc -l <bad)" ]
	done
}

@test "an empty operand is a file that is not there" {
	for filter in $FILTERS; do
		gives 2 "$filter" ''
		says "$filter: \"\": No such file or directory"
		[ "$(jq -r .source out)" = '""' ]
	done
}

@test "a record with a thousand faults is refused in few words, and report counts it" {
	{
		printf '{"type":"vulnerability","id":"V","name":"n","asset":"A","severity":3,"threats":["/"'
		printf ',"x/%s"' $(seq 999)
		printf ']}\n{"type":"vulnerability"}\n'
	} >in
	gives 1 vuln-rate in
	[ "$(jq -r .error out | wc -c)" -lt 10000 ]
	jq -r .error out | grep '; and 980 more$'
	[ "$(report assets out | grep -c '^| in | ')" -eq 2 ]
	gives 1 report assets in
	[ "$(grep -c '^| in | ' out)" -eq 2 ]
}

@test "numbers beyond 64 bits in fields of others pass" {
	echo '{"type":"note","n":12345678901234567890123}' >in
	quietly asset-value in
	same in out
	quietly intake in
	same in out
	intake "$ROOT"/samples/dispatch-2025/*.csv | assessed >2025
	report assessment 2025 >want
	sed 's/^{"type":"[vrt]/{"n":12345678901234567890123,"type":"&/; s/"type":"{"type":"/"type":"/' 2025 >large
	[ "$(grep -c '"n":12345678901234567890123' large)" -gt 300 ]
	report assessment large | grep -vE '[0-9a-f]{16}' >out
	grep -vE '[0-9a-f]{16}' want | same - out
	printf 'id,date,name,cost\nI,2025-01-01,n,99999999999999999999\n' >in.csv
	quietly intake in.csv
	printf 'risk,option,cost\nA/T/V,retain,99999999999999999999\n' >in.csv
	gives 1 intake in.csv
	says 'intake: in.csv:2: cost: "99999999999999999999" is not a number in 0..1000000000000'
}

@test "a risk of another method that nobody treats keeps its level, and its limit holds by both" {
	printf '%s\n' '{"type":"asset","id":"a","name":"A","confidentiality":5,"integrity":5,"availability":5,"value":5.0,"value_level":5}' \
		'{"type":"threat","id":"t","name":"T","frequency_level":1}' \
		'{"type":"vulnerability","id":"v","name":"V","asset":"a","threats":["t"],"severity":5,"severity_level":5}' >in
	risk-calc -m gbt20984-matrix in | treat -f | residual -f >out
	[ "$(jq -c 'select(.type == "residual") | [.before_level, .after_level, .acceptable, .next]' out)" = '[4,4,false,"treat-again"]' ]
	quietly report -M residual out
	# Its limit may be by its own levels: both lines must have the risk.
	t='{"type":"treatment","risk":"A/T/V","asset":"A","threat":"T","vulnerability":"V","asset_level":5,"frequency_level":4,"severity_level":5,"score":20,"level":4,"maximum_level":4,"acceptable":true,"method":"other@01234567","option":"control","expected_severity":4,"priority":1,"problems":[]}'
	[ "$(residual -f <<<"$t" | jq -c 'select(.type == "residual") | [.after_level, .acceptable]')" = '[4,false]' ]
	[ "$(jq -c '.maximum_level = 2 | .expected_severity = 3' <<<"$t" | residual -f | jq -c 'select(.type == "residual") | [.after_level, .acceptable]')" = '[2,true]' ]
}

@test "a value that another method gave, and a score beyond the method, are refused" {
	echo '{"type":"asset","id":"a","name":"A","confidentiality":5,"integrity":4,"availability":4}' | asset-value -m iso27005-5x5 >in
	gives 1 risk-calc in
	says "risk-calc: in:1: value: not what $(risk-lint -m tfdl-1508 | sed -n '1s/:.*//p') makes of confidentiality, integrity and availability: asset-value had another method"
	printf '%s\n' '{"type":"asset","id":"a","name":"A","confidentiality":3,"integrity":3,"availability":3}' \
		'{"type":"threat","id":"t","name":"T","frequency_level":1}' \
		'{"type":"vulnerability","id":"v","name":"V","asset":"a","threats":["t"],"severity":5,"severity_level":5}' | asset-value | risk-calc >in
	sed 's/"score":[0-9]*/"score":99/' in >high
	gives 1 treat high
	says "treat: high:4: score: above the highest of $(risk-lint -m tfdl-1508 | sed -n '1s/:.*//p')"
	treat in | residual | sed 's/"after_score":[0-9]*/"after_score":99/' >high
	gives 1 report residual high
}
