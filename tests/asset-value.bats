# Assets valued, against oracle.py over whole domains.

load helper

A='{"type":"asset","id":"A","name":"n","confidentiality":5,"integrity":5,"availability":5,"value_level":5}'

@test "asset values: the mean, all 125 (C, I, A)" {
	check assets asset-value
	grep -c '"value_basis":"computed"' out | grep -qx 125
}

@test "asset values: the highest" {
	with '.asset_value = {combine: "max"}'
	check assets asset-value -m "$method"
}

@test "asset values: the logarithm" {
	with '.asset_value = {combine: "log2"}'
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

@test "a refused record leaves its id free" {
	printf '%s\n' "${A%?},\"value\":1.0}" "$A" >in
	gives 1 asset-value in
	[ "$(jq -r .type out | tr '\n' ' ')" = 'refused asset ' ]
}

@test "a basis of availability without a figure is refused" {
	echo '{"type":"asset","id":"A","name":"n","confidentiality":5,"integrity":5,"availability":1,"availability_basis":"sla"}' >in
	gives 1 asset-value in
	says 'asset-value: in:1: availability_basis: sla, without a figure of the service level'
}
