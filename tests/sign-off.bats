# Documents signed: the approval is bound to the records that make them.

load helper

# A few records of each type that a document is made of.
small() {
	intake "$ROOT/samples/dispatch-2025"/*.csv | assessed |
		jq -c 'select(.type == "assessment" or .asset == "WL-03" or .id == "WL-03" or .id == "T10" or .id == "T11")' >small
}

# signed DOCUMENT ROLE OPTION...: the approval of small, in the file approvals.
signed() {
	local document=$1 role=$2
	shift 2
	quietly sign-off -d "$document" -n 签署人 -r "$role" "$@" small
	cat out >>approvals
}

# state DOCUMENT STREAM: what a template is told of the signatures.
state() {
	printf '{{#approval_roles}}{{role}}:{{state}};{{/approval_roles}}{{#is_approved}}approved{{/is_approved}}' >t.md
	report -T ./t.md "$1" "$2" approvals
}

@test "the digest is that of the records, canonical, in an order of their own" {
	small
	# Of everything that JSON can spell in several ways, something.
	sed -i '1s/^{/{"x":{"b":[1.5,-0.25,1e-7,123456.789,0.1,1e22,-0.0,5e-324,9007199254740993,true,null],"a":"\\u0001\\u007f\\u2028\\\\\\"\\n\\b\\f"},/' small
	for document in assessment plan residual; do
		role=security-lead
		[ $document != residual ] || role=general-manager
		quietly sign-off -d $document -n n -r $role small
		jq -r .digest out >found
		"$PYTHON" - $document >want <<-'END'
		import hashlib, json, sys
		parts = {"assessment": ("assessment", "asset", "threat", "exposure", "incident", "vulnerability", "risk"),
		         "plan": ("assessment", "asset", "threat", "vulnerability", "risk", "treatment"),
		         "residual": ("assessment", "asset", "threat", "vulnerability", "risk", "treatment", "residual")}
		document = sys.argv[1]
		digests = []
		for r in (json.loads(line, parse_float=lambda x: int(float(x)) if float(x).is_integer() else float(x)) for line in open("small")):
		    if r["type"] in parts[document]:
		        if document == "plan":
		            for k in ("status", "actual_frequency", "actual_severity", "actual_value"):
		                r.pop(k, None)
		        text = json.dumps(r, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
		        digests.append(hashlib.sha256(text.encode()).hexdigest())
		whole = "".join(x + "\n" for x in [document, *sorted(digests)])
		print(hashlib.sha256(whole.encode()).hexdigest())
		END
		same want found
	done
}

@test "values that look alike are the same or are not" {
	small
	# spelt LINE: the digest of small with such fields in its assessment.
	spelt() {
		sed "s/^{\"type\":\"assessment\",/&$1,/" small >spelt
		sign-off -R -c c -d assessment -n n -r security-team spelt | jq -r .digest
	}
	# One number, however it is written; and text with any escape.
	for pair in '"x":10000000000000000 "x":1e16' '"x":4 "x":4.0' '"x":0.1 "x":1E-1' '"x":0 "x":-0.0' \
	    '"x":"a/b" "x":"a\\/b"' '"x":"中" "x":"\\u4e2d"' '"x":"\\b\\f" "x":"\\u0008\\u000c"'; do
		[ "$(spelt "${pair% *}")" = "$(spelt "${pair#* }")" ]
	done
	# Numbers that differ in the last digit of a double; kinds.
	for pair in '"x":0.3 "x":0.30000000000000004' '"x":9007199254740993 "x":9007199254740992' \
	    '"x":1e300 "x":1.0000000000000002e300' '"x":1 "x":"1"' '"x":null "x":"null"' '"x":[1,2] "x":[2,1]'; do
		[ "$(spelt "${pair% *}")" != "$(spelt "${pair#* }")" ]
	done
}

@test "what is refused later makes an approval stale, wherever it is refused" {
	small
	signed plan security-team
	signed plan security-lead
	[ "$(state plan small)" = '信息安全管理小组:有效;安全负责人:有效;approved' ]
	for line in '{"type":"treatment"}' '{"type":"refused","source":"a","line":1,"error":"e","record":"x"}' \
	    "$(grep '"type":"treatment"' small | sed -n 1p)"; do
		{ cat small && echo "$line"; } >more
		{ state plan more || true; } >found 2>err
		[ "$(cat found)" = '信息安全管理小组:内容已变更，须重新审批;安全负责人:内容已变更，须重新审批;' ]
	done
}

@test "re-spacing, re-ordering keys and lines leave an approval valid" {
	small
	signed plan 信息安全管理小组
	signed plan security-lead
	[ "$(state plan small)" = '信息安全管理小组:有效;安全负责人:有效;approved' ]
	jq -cS . small | tac | sed 's/":/": /g; s/,"/ , "/g' >other
	cmp -s small other && return 1
	[ "$(state plan other)" = '信息安全管理小组:有效;安全负责人:有效;approved' ]
}

@test "any other value in any field makes it stale" {
	small
	signed assessment security-team
	signed plan security-team
	signed residual general-manager
	"$PYTHON" - <<-'END'
	import json, os, pathlib
	schemas = {p.stem: json.loads(p.read_text())
	           for p in pathlib.Path(os.environ["ROOT"], "schemas").glob("*.json")}

	def another(rule, value):
	    """Another value that the schema lets be."""
	    if "enum" in rule:
	        return next(x for x in rule["enum"] if x != value)
	    if rule.get("format") == "date":
	        return "2031-01-01"
	    if rule.get("format") == "local-date-time":
	        return "2031-01-01T00:00"
	    if isinstance(value, bool):
	        return not value
	    if isinstance(value, (int, float)):
	        return value - 1 if value > 2 else value + 1
	    if isinstance(value, str):
	        return "other@01234567" if "@" in rule.get("pattern", "") else value + "x"
	    if isinstance(value, list):
	        return value + value if value else [another(rule["items"], "")]
	    return value | {"x": 1}

	records = [json.loads(line) for line in open("small")]
	seen, n = set(), 0
	with open("cases", "w") as cases:
	    for at, r in enumerate(records):
	        for key, value in r.items():
	            if key == "type" or (r["type"], key) in seen:
	                continue
	            seen.add((r["type"], key))
	            other = another(schemas[r["type"]]["properties"].get(key, {}), value)
	            for others in schemas[r["type"]].get("notBefore", {}).values():
	                other = "2001-01-01" if key in others else other
	            mended = r | {key: other}
	            for field, parts in schemas[r["type"]].get("joins", {}).items():
	                if key == field:  # and what it is made of
	                    mended |= dict(zip(parts, other.split("/", 2)))
	                else:
	                    mended[field] = "/".join(mended[k] for k in parts)
	            changed = records[:at] + [mended] + records[at + 1:]
	            with open(f"case{n}", "w") as f:
	                for x in changed:
	                    print(json.dumps(x, ensure_ascii=False), file=f)
	            print(n, r["type"], key, file=cases)
	            n += 1
	END
	[ "$(wc -l <cases)" -gt 80 ]
	while read -r n type key; do
		for document in assessment plan residual; do
			role=security-team
			[ $document != residual ] || role=general-manager
			sign-off -R -c c -d $document -n n -r $role small | jq -r .digest >was
			sign-off -R -c c -d $document -n n -r $role "case$n" 2>err | jq -r .digest >now || { echo "$type $key"; cat err; return 1; }
			same /dev/null err
			part=no
			case $document.$type in
			plan.treatment) case $key in status | actual_*) ;; *) part=yes ;; esac ;;
			*.assessment | *.risk | residual.treatment | residual.residual) part=yes ;;
			*.asset | *.threat | *.vulnerability) part=yes ;;
			assessment.incident | assessment.exposure) part=yes ;;
			esac
			if [ $part = yes ]; then
				if cmp -s was now; then
					echo "$document: $type.$key"
					return 1
				fi
			else
				same was now
			fi
		done
	done <cases
}

@test "the last word of each role counts, and what came before stays visible" {
	small
	signed plan security-team -R -c 费用偏高，请重新考虑 -D 2026-02-01
	[ "$(state plan small)" = '信息安全管理小组:已退回;安全负责人:尚无;' ]
	signed plan security-team -D 2026-02-08
	signed plan security-lead -D 2026-02-09 -x 2026-12-31
	[ "$(state plan small)" = '信息安全管理小组:有效;安全负责人:有效;approved' ]
	quietly report plan small approvals
	grep -F 费用偏高，请重新考虑 out
	# Approvals end at a day, not by the clock.
	printf '{{#is_approved}}approved{{/is_approved}}' >t.md
	[ "$(report -D 2026-12-31 -T ./t.md plan small approvals)" = approved ]
	[ -z "$(report -D 2027-01-01 -T ./t.md plan small approvals)" ]
}

@test "what has changed since is said, record by record" {
	small
	signed plan security-team
	jq -c 'if .type == "treatment" and .risk == "WL-03/T10/V010" then .cost = 1 else . end' small |
		jq -c 'select(.risk != "WL-03/T11/V010")' >less
	sed 's/"WL-03/"WL-09/g' <(grep '"type":"risk"' small | sed -n 1p) >>less
	printf '{{#changed_since}}{{signers}}:{{#changes}}{{what}}{{name}};{{/changes}}{{count}}{{/changed_since}}' >t.md
	report -T ./t.md plan less approvals >found
	# What is of a risk says the asset and the vulnerability.
	grep -F "WL-03/T10/V010（$(jq -r 'select(.type == "asset").name' less)：$(jq -r 'select(.type == "vulnerability" and .id == "V010").name' less)）" found
	[ "$(sed 's/（[^）]*）//g' found)" = \
		"信息安全管理小组:删除风险处理WL-03/T11/V010;修改风险处理WL-03/T10/V010;新增风险$(sed -n '$p' less | jq -r .id);3" ]
	quietly report plan less approvals
	grep -F WL-03/T10/V010 out
}

@test "carrying the plan out leaves its approval valid, and is news to the residual report" {
	small
	signed plan security-lead
	signed residual general-manager
	jq -c 'if .type == "treatment" and .option == "control" then .status = "done" | .actual_severity = 1 else . end' small |
		jq -c 'select(.type != "residual")' | residual >later
	[ "$(state plan later)" = '信息安全管理小组:尚无;安全负责人:有效;' ]
	[ "$(state residual later)" = '总经理:内容已变更，须重新审批;' ]
}

@test "who does not sign what" {
	small
	gives 2 sign-off -d residual -n n -r security-lead small
	says 'sign-off: security-lead does not sign the document residual'
	gives 2 sign-off -d plan -n n -r general-manager small
	gives 2 sign-off -R -d plan -n n -r security-team small
	says 'sign-off: -R takes a comment, -c, and no -x'
	gives 2 sign-off -d nothing -n n -r security-team small
	gives 2 sign-off -d plan -n n -r 门卫 small
	says 'sign-off: 门卫: no such role; there are security-team (信息安全管理小组), security-lead (安全负责人), general-manager (总经理)'
	gives 2 sign-off -d plan -n n -r security-team -D 2026-02-30 small
	gives 2 sign-off -d plan -n n -r security-team -D 2026-02-28 -x 2026-02-27 small
	says 'sign-off: 2026-02-27: before the day of signing, 2026-02-28'
	same /dev/null out
	jq -c 'if .type == "assessment" then .prepared_by = "安全负责人" else . end' small >own
	gives 1 sign-off -d plan -n n -r security-lead own
	says 'sign-off: 安全负责人: who prepared a document does not sign it'
	gives 1 sign-off -d plan -n 安全负责人 -r security-team own
	same /dev/null out
	quietly sign-off -d plan -n n -r security-team own
}

@test "nothing is signed that is not there, or lacks records" {
	small
	grep -v '"type":"treatment"' small >bare
	gives 1 sign-off -d plan -n n -r security-team bare
	says 'sign-off: no record of type treatment: there is no plan to sign'
	gives 2 sign-off -d plan -n n -r security-team small nowhere
	says 'sign-off: nothing is signed where a file is not read'
	same /dev/null out
	jq -c 'if .type == "treatment" and .risk == "WL-03/T11/V010" then .problems = ["due"] else . end' small >lacking
	gives 0 sign-off -d plan -n n -r security-team lacking
	says 'sign-off: treatments that lack something: 1, the first of WL-03/T11/V010'
	quietly sign-off -d assessment -n n -r security-team lacking
	{ cat small && echo '{"type":"treatment"}'; } >bad
	gives 1 sign-off -d plan -n n -r security-team bad
	same /dev/null out
	{ cat small && echo '{"type":"refused","source":"a","line":1,"error":"e","record":"x"}'; } >lost
	gives 1 sign-off -d plan -n n -r security-team lost
	same /dev/null out
	quietly sign-off -R -c c -d plan -n n -r security-team lost
}

@test "what is told of approvals is there for a template that has one tag of it" {
	intake "$ROOT"/samples/dispatch-2025/*.csv | assessed >stream
	sign-off -d plan -n 张某 -r security-team -D 2026-02-02 stream >signed
	jq -c 'if .type == "risk" and .id == "RJ-01/T11/V096" then .note = "x" else . end' stream |
		cat - signed >changed
	# Each by itself; all together.
	for tag in digest approval_count is_approved; do
		echo "{{$tag}}"
	done >all.md
	for tag in approval_roles approvals changed_since; do
		echo "{{#$tag}}{{role}} {{state}} {{count}} {{signers}};{{/$tag}}"
	done >>all.md
	quietly report -T ./all.md plan changed
	mv out all
	[ "$(grep -c ... all)" -ge 4 ]
	: >each
	while read -r line; do
		echo "$line" >one.md
		quietly report -T ./one.md plan changed
		cat out >>each
	done <all.md
	same all each
}
