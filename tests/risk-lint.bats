# What risk-lint says of assessments, and of method files; whether those hold is
# in methods.bats.

load helper

@test "what each shipped method reaches" {
	for file in "$ROOT"/schemas/methods/*.json; do
		quietly risk-lint -m "$(basename "$file" .json)"
		cat out >>all
		quietly risk-lint -m "$file"
		tail -n "$(wc -l <out)" all | same - out
	done
	golden risk-lint.out all
}

@test "a level that nothing reaches is said" {
	with '.scales.risk[3].to = 25 | .scales.risk[4].from = 26 | .scales.risk[4].to = 30'
	quietly risk-lint -m "$method"
	grep -Fx 'risk level 5 (26-30): 0 of 125, nothing reaches it' out
}

@test "a method by itself takes no file, a stream any" {
	gives 2 risk-lint -m nowhere
	gives 2 risk-lint -x nothing
	says 'risk-lint: nothing: no such rule'
	gives 2 risk-lint -D yesterday
	says 'risk-lint: yesterday: not a day, YYYY-MM-DD'
	gives 2 risk-lint -q
	says 'usage: risk-lint [-j] [-D date] [-m method] [-x rule] [file ...]'
	gives 2 sh -c "risk-lint -m tfdl-1508 >/dev/full"
	says "risk-lint: <stdout>: No space left on device"
}

# whole: the samples of 2025 with all that is signed, in the file whole.
whole() {
	intake "$ROOT/samples/dispatch-2025"/*.csv | assessed >stream
	cp stream whole
	for by in 'assessment security-team' 'assessment security-lead' 'plan security-team' \
	    'plan security-lead' 'residual general-manager'; do
		sign-off -d "${by% *}" -n 签署人 -r "${by#* }" stream >>whole
	done
}

# resigned: stream, changed, signed again.
resigned() {
	mv stream whole
	for by in 'assessment security-team' 'assessment security-lead' 'plan security-team' \
	    'plan security-lead' 'residual general-manager'; do
		sign-off -d "${by% *}" -n 签署人 -r "${by#* }" whole >>approvals
	done
	cat approvals >>whole
	rm approvals
}

# trips RULE ID JQ: stream, changed so and signed again, has this finding alone.
trips() {
	intake "$ROOT/samples/dispatch-2025"/*.csv | assessed >before
	jq -c "$3" before >stream
	cmp -s before stream && return 1
	resigned
	gives 1 risk-lint whole
	cut -d : -f 1-2 out | same <(echo "$2: $1") -
	# Switched off, which the output says.
	quietly risk-lint -x "$1" whole
	echo "$1: switched off" | same - out
	gives 0 risk-lint -j -x "$1" whole
	same /dev/null out
	says "risk-lint: $1: switched off"
	gives 1 risk-lint -j whole
	jq -e ".type == \"finding\" and .rule == \"$1\" and .id == \"$2\"" out
}

@test "the samples of 2025, signed, are without a finding" {
	whole
	quietly risk-lint whole
	same /dev/null out
	quietly risk-lint -j whole
	same /dev/null out
}

@test "rules about treatments, each alone" {
	trips undecided WL-03/T11/V010 'if .type == "treatment" and .risk == "WL-03/T11/V010" then .problems = ["undecided"] else . end'
	trips incomplete WL-03/T11/V010 'if .type == "treatment" and .risk == "WL-03/T11/V010" then .problems = ["due"] else . end'
	trips overdue WL-03/T11/V010 'if .type == "treatment" and .risk == "WL-03/T11/V010" then .due = "2025-12-30" else . end'
	id=$(jq -r 'select(.type == "treatment" and .option == "accept").risk' before | sed -n 1p)
	trips acceptance "$id" "if .type == \"treatment\" and .risk == \"$id\" then .expires = \"2025-06-30\" else . end"
	trips acceptance "$id" "if .type == \"treatment\" and .risk == \"$id\" then .problems = [\"justification\"] else . end"
	trips unacceptable WL-03/T11/V010 'if .type == "residual" and .risk == "WL-03/T11/V010" then .next = "treat-again" else . end'
	trips undecided WL-03/T11/V010 'select((.type != "treatment" and .type != "residual") or .risk != "WL-03/T11/V010")'
	trips unjudged WL-03/T11/V010 'select(.type != "residual" or .risk != "WL-03/T11/V010")'
	trips higher WL-03/T11/V010 'if .type == "residual" and .risk == "WL-03/T11/V010" then .after_score = 24 else . end'
	trips expired WL-03/T11/V010 'if .type == "treatment" and .risk == "WL-03/T11/V010" then .expires = "2025-06-30" else . end'
	trips unsupported WL-03/T11/V010 'if .type == "treatment" and .risk == "WL-03/T11/V010" then del(.measure) else . end'
}

@test "rules about the register, each alone" {
	trips owner WL-03 'if .type == "asset" and .id == "WL-03" then del(.owner) else . end'
	trips value WL-05 'if .type == "asset" and .id == "WL-05" then del(.value_level) else . end'
	trips unused T99 'if .type == "threat" and .id == "T01" then ., .id = "T99" else . end'
	trips never-seen AQSJ2025-001 'if .type == "threat" and .id == "T14" then .frequency_level = 1 else . end | select(.type != "incident" or .threat != "T14" or .id == "AQSJ2025-001")'
	trips manner repudiation 'if .manner == "repudiation" then .manner = "theft" else . end | if .type == "vulnerability" and .id == "V010" then .manners = ["repudiation"] else . end'
	trips times AQSJ2025-001 'if .type == "incident" and .id == "AQSJ2025-001" then .detected = "2025-01-08T23:59" else . end'
	trips times AQSJ2025-001 'if .type == "incident" and .id == "AQSJ2025-001" then .resolved = "2025-01-09T10:14" else . end'
	trips times AQSJ2025-001 'if .type == "incident" and .id == "AQSJ2025-001" then del(.resolved) else . end'
	trips test-method WL-01/V002 'if .type == "vulnerability" and .id == "V002" then .methods += ["interview"] else . end'
	trips domain physical 'if .type == "vulnerability" and .domain == "physical" then .methods = [] else . end'
	trips inspection 2024-Q1 'if .type == "assessment" then .period_from = "2024-01-01" else . end'
	grep -F 'no inspection in 4 quarters, until 2024-Q4' out
	trips inspection 2025-Q3 'select(.type != "inspection" or (.date | startswith("2025-09") | not))'
	trips mixed-method WL-03 'if .type == "asset" and .id == "WL-03" then .value = 1.0 else . end'
	trips mixed-method other@01234567 'if .type == "risk" and .id == "WL-03/T11/V010" then .method = "other@01234567" else . end'
}

@test "assets that nobody looked at, the most valuable above all" {
	add='{"type":"asset","id":"N","name":"新","owner":"管理员","confidentiality":5,"integrity":5,"availability":5,"value":5.0,"value_level":5,"value_basis":"computed"}'
	trips unexamined N "if .type == \"assessment\" then ., $add else . end"
	trips no-vulnerability N "if .type == \"assessment\" then ., ($add | .value = 2.0 | .confidentiality = 2 | .integrity = 2 | .availability = 2 | .value_level = 2) else . end"
}

@test "what was refused, which no document can be signed with" {
	whole
	echo '{"type":"refused","source":"a\u001b\n.csv","line":7,"error":"no","record":"x"}' >>whole
	gives 1 risk-lint -x approval whole
	printf '%s\n' 'a\x1b\x0a.csv:7: refused: the record was refused: no' 'approval: switched off' | same - out
	gives 1 risk-lint whole
	[ "$(grep -c 'has changed since the' out)" -eq 5 ]
	[ "$(wc -l <out)" -eq 6 ]
}

@test "ids used twice, of every type that has one" {
	whole
	jq -r '.type' stream | sort -u | grep -vx decision >types
	[ "$(wc -l <types)" -eq 10 ]
	while read -r type; do
		grep "^{\"type\":\"$type\"" stream | sed -n '$p' >last
		id=$(jq -r 'if .type == "assessment" then .type elif .type == "vulnerability" then "\(.asset)/\(.id)" elif .type == "exposure" then "\(.asset)/\(.threat)" else .risk // .id end' last)
		cat stream last >twice
		gives 1 risk-lint -x approval twice
		[ "$(sed -n 1p out | cut -d : -f 1-2)" = "$id: duplicate" ]
		[ "$(wc -l <out)" -eq 2 ]
		# Nothing is approved that has it.
		gives 1 sign-off -d assessment -n n -r security-team twice
		same /dev/null out
		gives 1 report plan twice
		grep -F 'is there already' err
	done <types
}

@test "what records name is there" {
	trips reference AQSJ2025-001 'if .type == "incident" and .id == "AQSJ2025-001" then .threat = "T99" else . end'
	trips reference A77 'if .type == "assessment" then ., {type: "decision", asset: "A77", option: "retain"} else . end'
	trips reference V99 'if .type == "assessment" then ., {type: "decision", vulnerability: "V99", option: "retain"} else . end'
	trips reference A/T/V 'if .type == "assessment" then ., {type: "decision", risk: "A/T/V", option: "retain"} else . end'
	trips reference X/T01 'if .type == "assessment" then ., {type: "exposure", asset: "X", threat: "T01", frequency: 2} else . end'
	trips reference WL-03/T99 'if .type == "assessment" then ., {type: "exposure", asset: "WL-03", threat: "T99", frequency: 2} else . end'
	# Without a record, each of those that name it.
	intake "$ROOT/samples/dispatch-2025"/*.csv | assessed >stream
	for left in asset:WL-03 threat:T11 vulnerability:V010 risk:WL-03/T11/V010 treatment:WL-03/T11/V010; do
		jq -c "select(.type != \"${left%%:*}\" or (.risk // .id) != \"${left#*:}\")" stream >less
		gives 1 risk-lint -x approval -x unused -x unexamined -x no-vulnerability -x undecided -x unjudged less
		grep -v 'switched off' out >found
		"$PYTHON" - less <<-'END' | same - found
		import json, sys
		records = [json.loads(line) for line in open(sys.argv[1])]
		key = {"asset": "id", "threat": "id", "risk": "id", "treatment": "risk", "residual": "risk"}
		names = lambda r: f"{r['asset']}/{r['id']}" if r["type"] == "vulnerability" else r[key[r["type"]]]
		there = {(r["type"], names(r)) for r in records if r["type"] in key or r["type"] == "vulnerability"}
		def refers(r):
		    if r["type"] == "vulnerability":
		        yield "asset", r["asset"]
		    if r["type"] == "risk":
		        yield "asset", r["asset"]
		        yield "threat", r["threat"]
		        yield "vulnerability", f"{r['asset']}/{r['vulnerability']}"
		    if r["type"] in ("treatment", "residual"):
		        yield "risk", r["risk"]
		    if r["type"] == "residual":
		        yield "treatment", r["risk"]
		    if r["type"] == "incident" and "threat" in r:
		        yield "threat", r["threat"]
		on = [(k, r[k]) for r in records if r["type"] == "decision" for k in ("risk", "vulnerability", "asset") if k in r]
		known = there | {("vulnerability", r["id"]) for r in records if r["type"] == "vulnerability"}
		for kind, name in dict.fromkeys(on):
		    if (kind, name) not in known:
		        print(f"{name}: reference: the decision is on the {kind} {name}, which is not there")
		order = ["vulnerability", "risk", "treatment", "residual", "incident"]
		rank = ["asset", "threat", "vulnerability", "risk", "treatment"]
		found = [(order.index(r["type"]), rank.index(to), at, r, to, name)
		         for at, r in enumerate(records) if r["type"] in order
		         for to, name in refers(r) if (to, name) not in there]
		for _, _, _, r, to, name in sorted(found, key=lambda f: f[:3]):
		    own = r["id"] if r["type"] == "incident" else names(r)
		    print(f"{own}: reference: the {r['type']} is of the {to} {name}, which is not there")
		END
		[ -s found ]
	done
}

@test "approvals: missing, returned, stale, expired, by the wrong role, by who prepared it" {
	whole
	gives 1 risk-lint stream
	printf '%s\n' 'assessment: approval: no review by the security-team' \
		'assessment: approval: no approval by the security-lead' \
		'plan: approval: no review by the security-team' \
		'plan: approval: no approval by the security-lead' \
		'residual: approval: no approval by the general-manager' | same - out
	cp whole more
	sign-off -R -c 不同意 -d plan -n n -r security-lead stream >>more
	gives 1 risk-lint more
	echo 'plan: approval: returned by the security-lead' | same - out
	sign-off -d plan -n n -r security-lead -x 2026-06-30 stream >>more
	quietly risk-lint more
	gives 1 risk-lint -D 2026-07-01 -x overdue -x acceptance more
	sed -n 1p out | same <(echo 'plan: approval: the approval by the security-lead expired 2026-06-30') -
	jq -c 'if .type == "residual" and .risk == "WL-03/T11/V010" then .next = "close" else . end' whole >more
	gives 1 risk-lint more
	echo 'residual: approval: the document has changed since the approval by the general-manager' | same - out
	{ cat whole && jq -c 'select(.type == "approval" and .document == "plan" and .role == "security-lead") | .role = "general-manager"' whole; } >more
	gives 1 risk-lint more
	echo 'plan: approval: signed by the general-manager, which has no part in it' | same - out
	by=$(jq -r 'select(.type == "assessment").prepared_by' stream)
	jq -c "if .type == \"approval\" and .document == \"residual\" then .name = \"$by\" else . end" whole >more
	gives 1 risk-lint more
	echo "residual: approval: signed by who prepared it, $by" | same - out
}
