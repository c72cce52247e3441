# Risks computed, against oracle.py over the whole domain.

load helper

A='{"type":"asset","id":"A","name":"n","confidentiality":5,"integrity":5,"availability":5,"value_level":5}'
T='{"type":"threat","id":"T","name":"x","frequency_level":1}'
V='{"type":"vulnerability","id":"V","name":"x","asset":"A","threats":["T"],"severity":5,"severity_level":5}'

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

@test "a manner without a threat gives no risk, and takes none away" {
	T='{"type":"threat","id":"T","name":"x","manner":"virus","frequency_level":1}'
	V='{"type":"vulnerability","id":"V","name":"x","asset":"A","manners":["sabotage","virus"],"severity":5,"severity_level":5}'
	printf '%s\n' "$A" "$T" "$V" >in
	quietly risk-calc in
	[ "$(jq -r 'select(.type == "risk").id' out)" = A/T/V ]
	# A threat of it that comes too late would have had a risk.
	printf '%s\n' "$A" "$T" "$V" '{"type":"threat","id":"U","name":"x","manner":"sabotage","frequency_level":1}' >in
	gives 1 risk-calc in
	grep -F 'in:4: comes after a vulnerability that every threat of its manner applies to' err
	# By id it must be there.
	printf '%s\n' "$A" "$T" "${V/'"manners"'/'"threats":["W"],"manners"'}" >in
	gives 1 risk-calc in
	says 'risk-calc: in:3: vulnerability V: there is no threat W'
}

@test "the manner of a refused threat is nobody's" {
	printf '%s\n' "$A" '{"type":"threat","id":"T","name":"x","manner":"virus","frequency_level":1}' \
		'{"type":"threat","id":"T","name":"y","manner":"theft","frequency_level":5}' \
		'{"type":"vulnerability","id":"V","name":"x","asset":"A","manners":["theft"],"severity":5,"severity_level":5}' >in
	gives 1 risk-calc in
	says 'risk-calc: in:4: vulnerability V: there is no threat of manner theft'
}

@test "an exposure that is not rated is not passed over" {
	printf '%s\n' "$A" "$T" '{"type":"exposure","asset":"A","threat":"T","frequency":5}' "$V" >in
	gives 1 risk-calc in
	says 'risk-calc: in:4: vulnerability V: the exposure to threat T has no frequency_level, threat-rate adds it'
	without '"type":"risk"' out
}
