# What changed between two assessments, against changes.py, which reads both
# whole and computes every cause by the arithmetic of oracle.py.

load helper

years() {
	for year in 2024 2025; do
		intake "$ROOT/samples/dispatch-$year"/*.csv | assessed >$year
	done
}

changes() {
	"$PYTHON" "$TESTS/changes.py" "$@"
}

# padded FILE: the same with blank lines, so that it is the larger one.
padded() {
	cat "$1"
	head -c 200000 /dev/zero | tr '\0' '\n'
}

# turned: changes as those of the swapped comparison, without what is computed
# from the side that is the newer one.
turned() {
	jq -c 'select(.type == "change") | {risk: (.former_risk // .risk),
		what: {added: "removed", removed: "added", raised: "lowered", lowered: "raised", same: "same"}[.what],
		causes: [.causes[] | {cause: (.cause | if endswith("-new") then sub("-new$"; "-gone")
			else sub("-gone$"; "-new") end), before: .after, after: .before}] | sort,
		before: [.after_score, .after_level, .after_acceptable, .after_option],
		after: [.before_score, .before_level, .before_acceptable, .before_option]}' | sort
}

straight() {
	jq -c 'select(.type == "change") | {risk, what, causes: [.causes[] | {cause, before, after}] | sort,
		before: [.before_score, .before_level, .before_acceptable, .before_option],
		after: [.after_score, .after_level, .after_acceptable, .after_option]}' | sort
}

@test "pairs of assessments made up, whichever is kept, and from pipes" {
	for seed in $(seq "$(rounds 200)"); do
		changes make "$seed"
		changes want old new -s >want
		risk-diff -s old new >out
		same want out || { echo "seed $seed" && return 1; }
		padded old | risk-diff -s - new >out
		same want out
		padded old >larger
		risk-diff -s larger new >out
		same want out
		padded new >larger
		risk-diff -s old larger >out
		same want out
		risk-diff -s <(cat old) <(cat new) >out
		same want out
	done
}

@test "lines in any order: what is found is the same, and nothing in itself" {
	for seed in $(seq "$(rounds 60)"); do
		changes make "$seed"
		shuf --random-source=<(yes "$seed") old >one
		shuf --random-source=<(yes "x$seed") new >other
		changes want one other -s >want
		risk-diff -s one other >out
		same want out || { echo "seed $seed" && return 1; }
		padded one >larger
		risk-diff -s larger other >out
		same want out
		for pair in "old one" "one old"; do
			quietly risk-diff $pair
			{ grep -v '^{"type":"refused"' out || true; } | same /dev/null -
		done
	done
}

@test "swapped is the mirror image" {
	for seed in $(seq "$(rounds 60)"); do
		changes make "$seed"
		risk-diff -s old new | straight >want
		risk-diff -s new old | turned >out
		same want out || { echo "seed $seed" && return 1; }
	done
}

@test "the sample years: every change has a cause, and the swapped is the mirror" {
	years
	quietly risk-diff 2024 2025
	cp out forth
	changes want 2024 2025 >want
	same want forth
	golden risk-diff.out forth
	[ "$(wc -l <forth)" -ge 50 ]
	[ "$(jq -s 'map(select(.causes == [])) | length' forth)" -eq 0 ]
	straight <forth >want
	risk-diff 2025 2024 | turned >out
	same want out
	for year in 2024 2025; do
		quietly risk-diff $year $year
		same /dev/null out
		shuf --random-source=<(yes) $year >other
		quietly risk-diff $year other
		same /dev/null out
	done
}

@test "every change is valid by its schema" {
	for seed in $(seq 20); do
		changes make "$seed"
		risk-diff -s old new | { grep -v '^{"type":"refused"' || true; }
	done >all
	"$PYTHON" "$TESTS/changes.py" valid all
	[ "$(wc -l <all)" -ge 300 ]
}

@test "streams of risks alone: no names, and no cause that cannot be told" {
	years
	for year in 2024 2025; do
		grep '^{"type":"risk"' $year >r$year
	done
	quietly risk-diff r2024 r2025
	risk-diff 2024 2025 | jq -c '[.risk, .what, .before_score, .after_score]' >want
	jq -c '[.risk, .what, .before_score, .after_score]' out | same want -
	[ "$(jq -s 'map(select(.what == "added" and .causes != [])) | length' out)" -eq 0 ]
	[ "$(jq -s 'map(select(.what == "raised" and .causes == [])) | length' out)" -eq 0 ]
	[ "$(jq -s 'map(select(.asset_name)) | length' out)" -eq 0 ]
}

@test "another method is refused; with -f it is a cause of its own" {
	years
	m=tfdl-1508-raw
	intake "$ROOT/samples/dispatch-2025"/*.csv | asset-value -m $m | threat-rate -m $m |
		vuln-rate -m $m | risk-calc -m $m >raw
	gives 2 risk-diff 2024 raw
	grep -F 'method: tfdl-1508-raw@' err
	says 'risk-diff: raw: no risks are there that can be used'
	grep -m 1 '"type":"risk"' raw | cat - 2025 >some
	gives 1 risk-diff 2024 some
	jq -r 'select(.type == "refused").error' out | grep -F 'method: tfdl-1508-raw@'
	quietly risk-diff -m $m raw raw
	same /dev/null out
	# The same data by both: the levels alone, each by the formula of its method.
	quietly risk-diff -f -s 2025 raw
	jq -c 'select(.type == "risk") | [.id, .level]' 2025 | sort >levels
	jq -c 'select(.causes[0].cause == "method") | [.risk, .causes[0].level]' out | sort | same levels -
	[ "$(jq -c 'select(.causes | length != 1) | .risk' out | wc -l)" -eq 0 ]
	[ "$(jq -c 'select(.causes[0].part) | .risk' out | wc -l)" -eq 0 ]
	jq -e -s 'all(.[]; (.what == "raised") == (.after_level > .before_level) and
		(.what == "lowered") == (.after_level < .before_level))' out
	# Levels that only the other method has, and one that is not at hand.
	jq -c 'if .type == "risk" then .frequency_level = 8 | .method = "ours@01234567" else . end' 2025 >eight
	quietly risk-diff -f -s eight 2025
	jq -e -s 'all(.[]; .before_frequency_level == 8 and .after_frequency_level <= 5)' out
	# A method that is not at hand is a cause without a level.
	sed 's/"method":"tfdl-1508@[0-9a-f]*"/"method":"ours@01234567"/' 2025 >ours
	quietly risk-diff -f -s ours 2025
	[ "$(jq -c 'select(.causes != [{cause: "method"}])' out | wc -l)" -eq 0 ]
}

@test "a method that takes the score of the asset's value: scores are compared" {
	jq '.name = "by-score" | .loss.value = "score" | .loss.decimals = 1 |
		.scales.loss |= map(.from = 10 * .from - 9 | .to *= 10) | .scales.loss[0].from = 1' \
		"$ROOT/schemas/methods/tfdl-1508.json" >by-score.json
	m=./by-score.json
	intake "$ROOT/samples/dispatch-2025"/*.csv | asset-value -m $m >valued
	threat-rate -m $m valued | vuln-rate -m $m | risk-calc -m $m >one
	jq -r -n '[inputs] | [.[] | select(.type == "risk" and .level > 2).asset] as $of |
		first(.[] | select(.type == "asset" and .value_basis != "assessor" and .id == $of[])).id' one >asset
	jq -c --arg id "$(cat asset)" 'if .type == "asset" and .id == $id then
		.value += (if .value > 4.5 then -0.1 else 0.1 end) | del(.value_basis) else . end' valued |
		threat-rate -m $m | vuln-rate -m $m | risk-calc -m $m >other
	quietly risk-diff -s -m $m one other
	jq -e -s --arg id "$(cat asset)" 'map(select(.causes != [])) | length > 0 and all(.[]; .asset == $id and
		(.causes | length == 1 and .[0].cause == "asset-value" and
			((.[0].before - .[0].after) | fabs | . > 0.05 and . < 0.15)) and
		.causes[0].before == .before_asset_value and .causes[0].after == .after_asset_value and
		((.after_score - .before_score - (.causes[0].part // 0)) | fabs) < 0.001)' out
	# Between such a method and one of levels only the levels are compared.
	years
	quietly risk-diff -f -s -m $m one 2025
	[ "$(jq -c 'select(.causes | length != 1) | .risk' out | wc -l)" -eq 0 ]
}

@test "risks that cannot be used are refused, and go on as such" {
	years
	grep -m 1 '^{"type":"risk"' 2025 >risk
	jq -c '.score += 1' risk >forged
	cat 2025 risk >twice
	gives 1 risk-diff 2024 twice
	grep -c '"type":"refused"' out | grep -qx 1
	grep -F 'another risk of the same id is there already' err
	gives 1 risk-diff twice 2024
	grep -F 'another risk of the same id is there already' err
	# One that the other has not, whichever is kept.
	grep -v -F "$(jq -r .id risk)" 2025 >without
	for pair in 'twice without' 'without twice'; do
		gives 1 risk-diff $pair
		grep -F 'another risk of the same id is there already' err
		gives 1 risk-diff <(padded ${pair% *}) ${pair#* }
		gives 1 risk-diff ${pair% *} <(padded ${pair#* })
		[ "$(grep -c '"type":"change"' out)" -eq 1 ]
	done
	gives 1 risk-diff <(grep -v -F "$(cat risk)" 2025 | cat - forged) 2025
	grep -E 'score: not what tfdl-1508@[0-9a-f]{8} makes of the levels' err
	grep -v -F "$(cat risk)" 2025 >fewer
	jq -c '.acceptable |= not' risk | cat fewer - >forged
	gives 1 risk-diff forged 2025
	grep -E 'acceptable: not what tfdl-1508@[0-9a-f]{8} makes of the level' err
	jq -e 'select(.type == "change") | .what == "added" and .causes == [{cause: "link-new"}, {cause: "refused"}]' out
	gives 1 risk-diff 2025 forged
	jq -e 'select(.type == "change") | .what == "removed" and .causes == [{cause: "link-gone"}, {cause: "refused"}]' out
	echo '{"type":"refused","source":"x.csv","line":3,"error":"e","record":"r"}' >refused
	cat refused 2025 >more
	quietly risk-diff more 2025
	same refused out
}

@test "a record that comes twice is refused, wherever it stands, whichever stream is kept" {
	years
	# The other stream has it as it is, or has not its asset.
	asset=$(jq -n -r 'first(inputs | select(.type == "treatment")) | .asset' 2025)
	jq -c --arg a "$asset" 'select(([.id, .asset] | index($a)) == null)' 2025 >without
	for type in asset threat vulnerability treatment; do
		jq -n -c --arg t $type --arg a "$asset" 'first(inputs | select(.type == $t and
			($t == "threat" or ([.id, .asset] | index($a)))))' 2025 >record
		cat 2025 record >after
		cat record 2025 >before
		awk -v r="$(cat record)" '{print} $0 == r {print}' 2025 >beside
		for twice in after before beside; do
			for other in 2025 without 2024; do
				gives 1 risk-diff <(padded $twice) $other
				grep -F "another $type of the same id is there already" err
				grep '^{"type":"change"' out >kept || :
				gives 1 risk-diff $twice <(padded $other)
				grep -F "another $type of the same id is there already" err
				same kept <(grep '^{"type":"change"' out)
				gives 1 risk-diff $other $twice
				grep -F "another $type of the same id is there already" err
			done
		done
	done
}

@test "a risk or treatment whose id is not what its parts make is refused" {
	years
	jq -c 'if .type == "risk" then .id += "x" else . end' 2025 >ids
	gives 2 risk-diff 2024 ids
	grep -F 'id: not the asset/threat/vulnerability of the record' err
	says 'risk-diff: ids: no risks are there that can be used'
	jq -c 'if .type == "treatment" then .risk = "A/T/V" else . end' 2025 >ids
	n=$(grep -c '"type":"treatment"' ids)
	for pair in 'ids 2024' '2024 ids'; do
		gives 1 risk-diff -s $pair
		[ "$(grep -c 'risk: not the asset/threat/vulnerability of the record' err)" -eq "$n" ]
		[ "$(jq -c 'select(.before_option and .after_option)' out | wc -l)" -eq 0 ]
	done
}

@test "a stream without risks is not one whose risks are gone" {
	years
	grep -v '^{"type":"r' 2025 | grep -v '"type":"treatment"' >early
	gives 2 risk-diff 2024 early
	says 'risk-diff: early: no risks are there; risk-calc computes them'
	gives 2 risk-diff - 2025 </dev/null
	says 'risk-diff: <stdin>: no risks are there; risk-calc computes them'
	gives 2 risk-diff 2024 "$ROOT/samples/dispatch-2025/10-assets.csv"
	grep -F '10-assets.csv: no risks are there' err
	gives 2 risk-diff nowhere 2025
	says 'risk-diff: nowhere: No such file or directory'
	[ "$(wc -l <err)" -eq 1 ]
}

@test "wrong use, a full disk, no folder for temporary files" {
	years
	gives 2 risk-diff 2025
	says 'usage: risk-diff [-fs] [-m method] old new'
	gives 2 risk-diff - -
	gives 2 risk-diff 2024 2025 2025
	gives 2 risk-diff nowhere 2025
	says 'risk-diff: nowhere: No such file or directory'
	gives 2 sh -c 'risk-diff -s 2024 2025 >/dev/full'
	says 'risk-diff: <stdout>: No space left on device'
	TMPDIR=/nonexistent gives 2 risk-diff 2024 2025
	grep -F '/nonexistent/' err
	mkdir tmp
	TMPDIR=$PWD/tmp quietly risk-diff 2024 2025
	[ -z "$(ls tmp)" ]
	{ risk-diff -s 2024 2025 2>err || true; } | head -n 1 >/dev/null
	same /dev/null err
}

@test "a change that was edited by hand, and contradicts itself, is no change" {
	years
	risk-diff -s 2024 2025 >all
	gives 0 report compare all
	jq -c 'select(.what == "raised")' all | sed -n 1p >raised
	while read -r edit; do
		jq -c "$edit" raised >edited
		gives 1 report compare edited
		[ "$(grep -c '^report: ' err)" -ge 1 ] || { echo "$edit" && return 1; }
	done <<-'END'
	.what = "lowered"
	.what = "same"
	.what = "added"
	.what = "removed"
	.what = "added" | del(.before_score)
	with_entries(select(.key | test("^(before|after)_") | not))
	with_entries(select(.key | startswith("before_") | not))
	with_entries(select(.key | startswith("after_") | not))
	del(.before_score)
	del(.after_level)
	del(.after_acceptable)
	del(.before_method)
	del(.before_loss_level)
	.after_score = .before_score
	.before_due = "2024-05-01" | del(.before_option)
	END
}
