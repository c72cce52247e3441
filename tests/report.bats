load helper

DOCUMENTS='assessment plan residual assets service incidents'

streams() {
	for year in 2024 2025; do
		intake "$ROOT"/samples/dispatch-$year/*.csv | assessed >$year.jsonl
	done
}

# hold STREAM: every document of it, in both languages, is as it must be.
hold() {
	local language document
	for language in zh en; do
		for document in $DOCUMENTS; do
			quietly report -l $language "$document" "$1"
			mv out "$document.md"
			"$PYTHON" "$TESTS/documents.py" $language "$document.md" "$1" || {
				echo "in $language $document $1"
				return 1
			}
		done
	done
}

@test "the documents of both years, both languages: what must hold of every one" {
	streams
	hold 2024.jsonl
	hold 2025.jsonl
}

@test "the documents of 2025 are golden" {
	streams
	for language in zh en; do
		for document in $DOCUMENTS; do
			report -l $language "$document" 2025.jsonl >out
			golden "$document.$language.md" out
		done
	done
}

@test "one asset" {
	streams
	quietly report -a ZD-06 assessment 2025.jsonl
	mv out assessment.md
	grep -q 专用移动存储介质 assessment.md
	without 调度员工作站 assessment.md
	jq -c 'select(.type != "risk" or .asset == "ZD-06")' 2025.jsonl >one.jsonl
	"$PYTHON" "$TESTS/documents.py" zh assessment.md one.jsonl
	gives 2 report -a nobody assessment 2025.jsonl
	says 'report: nobody: no such asset'
}

@test "streams that lack something give whole documents" {
	streams
	: >empty.jsonl
	jq -c 'select(.type == "asset" or .type == "threat")' 2025.jsonl >register.jsonl
	jq -c 'select(.type | IN("treatment", "residual", "decision") | not)' 2025.jsonl >untreated.jsonl
	jq -c 'select(.type | IN("assessment", "exposure", "incident", "residual") | not)' 2025.jsonl >bare.jsonl
	jq -c 'select(.type != "decision" and .type != "treatment" and .type != "residual")' 2025.jsonl | treat | residual >undecided.jsonl
	jq -c 'if .type == "asset" then del(.department, .category, .owner) else . end' 2025.jsonl >poor.jsonl
	jq -c 'select(.type == "assessment" or .type == "risk")' 2025.jsonl >alone.jsonl
	for stream in empty register untreated bare undecided poor; do
		hold $stream.jsonl
	done
	quietly report assessment alone.jsonl
}

@test "what was refused is printed, also by report itself" {
	streams
	{
		cat 2025.jsonl
		echo '{"type":"asset","id":"Z","name":"z","confidentiality":9,"integrity":1,"availability":1}'
		echo 'not | json'
		jq -c 'select(.type == "risk") | .method = "other@01234567"' 2025.jsonl | sed -n 1p
		sed -n '/"type":"asset"/p' 2025.jsonl | sed -n 1p
	} >bad.jsonl
	gives 1 report assessment bad.jsonl
	[ "$(wc -l <err)" -eq 4 ]
	n=$(wc -l <2025.jsonl)
	says "report: bad.jsonl:$((n + 1)): confidentiality: 9 is not in 1..5"
	says "report: bad.jsonl:$((n + 4)): another asset of the same id is there already"
	grep -F 'confidentiality: 9 is not in 1..5' out
	grep -F 'not \| json' out
	grep -F 'other@01234567 is not tfdl-1508@' out
	asset-value <<<'nonsense' >stream.jsonl || true
	quietly report assets stream.jsonl
	grep -F 'nonsense' out
}

@test "templates of one's own: a file, a folder, RISKLINE_DATA, partials beside it" {
	streams
	mkdir -p my/zh my/en data/templates/zh
	echo '资产{{asset_count}}项，{{> _tail}}' >my/zh/assets.md
	echo '尾{{threat_count}}' >my/zh/_tail.md
	echo 'assets: {{asset_count}}' >my/en/assets.md
	echo 'a note on {{single_asset.name}}' >note.md
	echo 'of the site' >data/templates/zh/assets.md
	[ "$(report -T my assets 2025.jsonl)" = "$(printf '资产44项，尾25\n')" ]
	[ "$(report -T my -l en assets 2025.jsonl)" = 'assets: 44' ]
	[ "$(report -T my/zh/assets.md x 2025.jsonl)" = "$(printf '资产44项，尾25\n')" ]
	[ "$(report -a ZD-06 -T ./note.md x 2025.jsonl)" = 'a note on 专用移动存储介质' ]
	[ "$(RISKLINE_DATA=data report assets 2025.jsonl)" = 'of the site' ]
	RISKLINE_DATA=data report -T my plan 2025.jsonl >fallen-back.md
	report plan 2025.jsonl >plain.md
	same plain.md fallen-back.md
	gives 2 report nonesuch 2025.jsonl
	says 'report: nonesuch: no such document; there are'
	gives 2 report -T none.md x 2025.jsonl
	says 'report: none.md: No such file or directory'
	gives 2 report -l de assets 2025.jsonl
	gives 2 report
}

@test "hostile text in every field of an asset stays text" {
	cat >hostile.jsonl <<-'END'
	{"type":"asset","id":"<b>|x","name":"| a | b |\n\n# h\n<script>alert(1)</script>","owner":"[x](javascript:alert(1))","department":"**d** `c`","confidentiality":1,"integrity":1,"availability":1}
	{"type":"asset","id":"B-2","name":"{{name}} ${x} $(x)","location":"\u001b[31m","owner":"![](file:///etc/passwd)","department":"\\","confidentiality":1,"integrity":1,"availability":1}
	END
	asset-value hostile.jsonl | report assets >assets.md
	asset-value hostile.jsonl >stream.jsonl
	"$PYTHON" "$TESTS/documents.py" zh assets.md stream.jsonl
	without '<script>' assets.md
	grep -nE '[^\\](\]\(javascript|!?\[\]\(file)' assets.md && return 1
	without $'\033' assets.md
}

@test "what belongs to a risk that is not in the stream is said, and not counted" {
	streams
	jq -c 'select(.type != "risk")' 2025.jsonl >none.jsonl
	quietly report -l en residual none.jsonl
	grep -F 'residual risk records whose risk is not in the data: 189' out
	without 'approve this report' out
	jq -c 'select(.type != "risk" or .level >= 4)' 2025.jsonl >high.jsonl
	quietly report -l en plan high.jsonl
	grep -F 'treatment records whose risk is not in the data: 153' out
	without 'decisions that match no risk' out
	jq -c 'select(.type | IN("treatment", "residual") | not)' 2025.jsonl >untreated.jsonl
	quietly report -l en -a WL-03 plan untreated.jsonl
	grep -F 'no treatment records' out
}

@test "the command that the assessment prints gives the assessment again" {
	streams
	for language in zh en; do
		report -l $language assessment 2025.jsonl >plain
		without ' -w ' plain
		intake "$ROOT"/samples/dispatch-2025/*.csv | asset-value |
			threat-rate -w 2025-03-01..2025-08-31 | vuln-rate | risk-calc | treat | residual |
			report -l $language assessment >short
		sed -n '/^    intake /,/^ *treat /p' short | tr -d '\n' >command
		sed "s,FILE \.\.\.\|输入文件,$ROOT/samples/dispatch-2025/*.csv," command >run
		bash -o pipefail run >again
		same short again
		cmp -s plain short && return 1
		# Two windows are not one command.
		{
			cat 2025.jsonl
			grep -m 1 window_from 2025.jsonl |
				jq -c '.id = "T99" | .window_from = "2024-01-01"'
		} | report -l $language assessment >two
		without ' -w ' <(sed -n '/^    intake /,/^ *treat /p' two)
		grep -F -e 'threat-rate -w' two
	done
}

@test "a conclusion credits no measure that is not on record, and not what was refused" {
	streams
	jq -c 'select(.type != "vulnerability" or .severity_level < 2) | select(.acceptable != false)
		| del(.existing_measures, .measure_effectiveness)' 2025.jsonl >few
	quietly report assessment few
	sed -n '/^### 14.1/,/^### 14.2/p' out >conclusion
	grep -F 没有不可接受的风险。本次没有登记已有安全措施 conclusion
	without 重新计算的结果为准 conclusion
	echo '{"type":"refused","source":"a.csv","line":3,"error":"e","record":"r"}' | cat few - >less
	quietly report assessment less
	sed -n '/^### 14.1/,/^### 14.2/p' out | grep -F '第15章所列的1条记录没有处理'
}

@test "what is not given on the cover is no running head" {
	streams
	jq -c 'if .type == "assessment" then {type, title} else . end' 2025.jsonl >poor
	for language in zh en; do
		quietly report -l $language -f pdf assets poor
		pdftotext -f 2 out - >text
		without 未填写 <(sed -n 1,3p text)
		without 'not given' <(sed -n 1,3p text)
	done
}
