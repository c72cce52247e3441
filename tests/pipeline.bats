# The whole pipeline on the samples.

load helper

samples() {
	intake "$ROOT/samples/dispatch-$1"/*.csv
}

# risks FILE: what is computed, in an order of its own.
risks() {
	jq -cS 'select(.type == "risk" or .type == "treatment" or .type == "residual")' "$1" | sort
}

# shuffled SEED: lines in an order that only the seed decides.
shuffled() {
	"$PYTHON" -c 'import random, sys
lines = sys.stdin.readlines()
random.Random(int(sys.argv[1])).shuffle(lines)
sys.stdout.writelines(lines)' "$1"
}

@test "the one line, on both years: status 0, no message, twice the same bytes" {
	for year in 2024 2025; do
		for n in 1 2; do
			{ samples "$year" | asset-value | threat-rate | vuln-rate | risk-calc |
				treat | residual | report assessment; } >"$n" 2>err
			same /dev/null err
		done
		same 1 2
		[ "$(wc -c <1)" -gt 10000 ]
	done
}

@test "no record of the samples is refused, none is lost" {
	for year in 2024 2025; do
		samples "$year" >0
		assessed <0 >1 2>err
		same /dev/null err
		without '{"type":"refused"' 1
		# Every line of the input is there, in order, with fields behind it.
		"$PYTHON" - <<-'END'
		was, now = (open(name).read().splitlines() for name in ("0", "1"))
		computed = ('{"type":"risk"', '{"type":"treatment"', '{"type":"residual"')
		now = [b for b in now if not b.startswith(computed)]
		assert len(was) == len(now)
		for a, b in zip(was, now):
		    assert b == a or b.startswith(a[:-1] + ","), (a, b)
		END
		for type in treatment residual; do
			[ "$(grep -c "^{\"type\":\"$type\"" 1)" -eq "$(grep -c '^{"type":"risk"' 1)" ]
		done
	done
}

@test "every pair of asset and threat of a vulnerability is a risk" {
	for year in 2024 2025; do
		samples "$year" | rated >0
		jq -sr '(map(select(.type == "threat"))) as $t | .[] | select(.type == "vulnerability") |
			. as $v | $t[] | . as $x | select(($v.threats // [] | index($x.id)) or
			($x.manner != null and ($v.manners // [] | index($x.manner)))) |
			"\($v.asset)/\($x.id)/\($v.id)"' 0 | sort >want
		risk-calc 0 | jq -r 'select(.type == "risk").id' | sort >out
		same want out
	done
}

@test "jq between any two stages changes no number" {
	samples 2025 | assessed >0
	risks 0 >want
	for jq in 'jq -c .' 'jq -c -S .' 'jq -ac .' 'jq -c to_entries|reverse|from_entries'; do
		IFS=' ' read -ra tap <<<"$jq"
		samples 2025 | "${tap[@]}" | asset-value | "${tap[@]}" | threat-rate | "${tap[@]}" |
			vuln-rate | "${tap[@]}" | risk-calc | "${tap[@]}" | treat | "${tap[@]}" |
			residual >1 2>err
		same /dev/null err
		same want <(risks 1)
	done
}

@test "decisions before the risks: the stages in the wrong order are said" {
	samples 2025 | rated >0
	gives 1 treat 0
	says 'treat: decisions and no risk: risk-calc goes before treat'
}

@test "one risk in the middle: only the high ones go on" {
	samples 2025 | rated | risk-calc >0
	high=$(grep -c '"type":"risk".*"level":[45],' 0)
	[ "$high" -gt 0 ]
	for tap in 'select(.type=="risk" and .level>=4)' 'select(.type!="risk" or .level>=4)'; do
		jq -c "$tap" 0 | treat 2>err | residual >out
		grep -v '^treat: decisions that met no risk: [0-9]*, the first on ' err && return 1
		for type in risk treatment residual; do
			[ "$(grep -c "\"type\":\"$type\"" out)" -eq "$high" ]
		done
	done
	# The same tap between any two stages: what is left is still a stream.
	for tapped in $FILTERS; do
		samples 2025 >0
		for filter in $FILTERS; do
			quietly "$filter" 0
			mv out 0
			[ "$filter" != "$tapped" ] || jq -c 'select(.type=="risk" and .level>=4)' 0 >out
			[ "$filter" != "$tapped" ] || mv out 0
		done
		case $tapped in
		risk-calc | treat | residual) want=$high ;;
		*) want=0 ;;
		esac
		[ "$(grep -c '"type":"risk"' 0)" -eq "$want" ]
	done
}

@test "awk, sed and sort between stages" {
	samples 2025 | assessed >0
	samples 2025 | asset-value | sed 's/^{/{  /; s/":/" : /' | awk 1 | threat-rate |
		sed 's/}$/ , "由":"sed"}/' | vuln-rate | risk-calc | treat | residual >1
	same <(risks 0) <(risks 1)
}

@test "any order: records that others refer to, shuffled" {
	samples 2025 | assessed >0
	risks 0 >want
	samples 2025 >in
	for seed in 1 2 3 4 5; do
		{
			grep -v '"type":"vulnerability"' in | shuffled "$seed"
			grep '"type":"vulnerability"' in | shuffled "$seed"
		} | assessed >1 2>err
		same /dev/null err
		same want <(risks 1)
	done
}

@test "any order: vulnerabilities first" {
	samples 2025 | assessed >0
	risks 0 >want
	samples 2025 >in
	for seed in 1 2 3; do
		{
			grep '"type":"vulnerability"' in | shuffled "$seed"
			grep -v '"type":"vulnerability"' in | shuffled "$seed"
		} | assessed >1 2>err
		same /dev/null err
		same want <(risks 1)
	done
}

@test "a threat after a vulnerability that takes every threat of its manner is refused" {
	cat >in <<-'END'
	{"type":"asset","id":"a","name":"n","confidentiality":3,"integrity":3,"availability":3}
	{"type":"threat","id":"t","name":"n","manner":"theft","frequency":3}
	{"type":"vulnerability","id":"v","name":"n","asset":"a","manners":["theft"],"severity":3}
	{"type":"threat","id":"u","name":"n","manner":"theft","frequency":3}
	{"type":"threat","id":"w","name":"n","manner":"virus","frequency":3}
	END
	rated <in >rated
	gives 1 risk-calc rated
	says 'risk-calc: rated:4: comes after a vulnerability that every threat of its manner applies to: threats go before vulnerabilities'
	jq -r .type out | tr '\n' ' ' | grep -qx 'asset threat vulnerability risk refused threat '
}

@test "a slice of the records gives its slice of the risks" {
	samples 2025 | rated >in
	risk-calc in | grep '"type":"risk"' | sort >want
	grep -v '"type":"vulnerability"' in >others
	for n in 0 1 2; do
		grep '"type":"vulnerability"' in | awk "NR % 3 == $n" | cat others - | risk-calc
	done | grep '"type":"risk"' | sort | same want -
}

@test "a decision file may come as an operand before the stream" {
	samples 2025 | rated | risk-calc >all
	grep '"type":"decision"' all >decisions
	grep -v '"type":"decision"' all | treat decisions - | jq -cS 'select(.type == "treatment")' >out
	treat all | jq -cS 'select(.type == "treatment")' | same - out
	grep -v '"type":"decision"' all | gives 1 treat - decisions
	[ "$(grep -c 'comes after risks: decisions go before them' err)" -eq "$(wc -l <decisions)" ]
}
