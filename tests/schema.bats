# The programs and an independent validator read the same schemas alike.

load helper

records() {
	"$PYTHON" "$TESTS/records.py" "$@"
}

@test "the schemas are valid and name every field in both languages" {
	records schemas
}

@test "intake and the validator agree on generated records of every type" {
	records make >in
	gives 1 intake in
	records agree in out
}

@test "the filters refuse what intake refuses of their own types" {
	records make >in
	jq -c 'select(.type == "asset")' in >all
	intake all >out 2>/dev/null || true
	grep -v '"type":"refused"' out | jq -c 'del(.value, .value_level, .value_basis, .availability_basis)' |
		jq -c '.id = "A\(input_line_number)"' >good
	grep '"type":"refused"' out | jq -r .record >bad
	[ -s good ] && [ -s bad ]
	levels 9
	quietly asset-value -m "$method" good
	gives 1 asset-value -m "$method" bad
	[ "$(grep -c '^{"type":"refused",' out)" -eq "$(wc -l <bad)" ]
	same <(intake bad 2>/dev/null) out
}

@test "what every program writes of the samples is valid" {
	for year in 2024 2025; do
		intake "$ROOT/samples/dispatch-$year"/*.csv | tee "1-$year" |
			asset-value | tee "2-$year" | threat-rate | tee "3-$year" |
			vuln-rate | tee "4-$year" | risk-calc | tee "5-$year" |
			treat | tee "6-$year" | residual >"7-$year"
	done
	records valid ?-2024 ?-2025 >seen
	cat seen
	for type in assessment asset threat exposure incident vulnerability decision \
	    inspection risk treatment residual; do
		grep -q "^$type [1-9]" seen
	done
	without refused seen
}

@test "refused records are valid, whatever was refused" {
	printf '%s\n' '{"type":"asset"}' '{"type":"asset","id":6}' 'x' '[]' '{"a":1,"a":2}' >in
	printf '{"type":"\377"}\n{"type":"a\0"}\n' >>in
	printf '{"type":"asset","x":"%09000000d"}\n' 0 >>in
	for filter in $FILTERS; do
		gives 2 "$filter" in nowhere .
		grep '"type":"refused"' out >>found
	done
	records valid found
}
