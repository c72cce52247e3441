load helper

# The service report and the incident records (7.11, 7.15, 9).  What they say is
# computed again from the records as they come, by tests/incidents.py.

RAW='00-assessment 10-assets 20-threats 30-exposures 40-incidents 60-inspections'

# agrees LANGUAGE DOCUMENT PERIOD RATED RAW...: each number of the document.
agrees() {
	local language=$1 document=$2 period=$3 rated=$4
	shift 4
	set -- "$language" "$document" "$period" made.md "$@"
	# shellcheck disable=SC2046,SC2086 # an option and its operand; files
	report $([ "$period" = - ] || echo "-p $period") ${ASSET:+-a "$ASSET"} \
		-l "$language" "$document" $rated >made.md 2>err && [ ! -s err ] &&
		"$PYTHON" "$TESTS/incidents.py" check "$@" >differs && return
	echo "in $language $document $period $rated"
	cat err differs
	return 1
}

# everywhere RATED RAW... -- PERIOD...: both documents in both languages.
everywhere() {
	local rated=$1 raw=() language document period
	shift
	while [ "$1" != -- ]; do
		raw+=("$1")
		shift
	done
	shift
	for period in "$@"; do
		for document in service incidents; do
			for language in zh en; do
				agrees $language $document "$period" "$rated" "${raw[@]}" || return
			done
		done
	done
}

# raw YEAR: the files of a year without what needs no oracle here.
raw() {
	for name in $RAW; do
		echo "$ROOT/samples/dispatch-$1/$name.csv"
	done
}

years() {
	for year in 2024 2025; do
		intake "$ROOT"/samples/dispatch-$year/*.csv | assessed >$year.jsonl
	done
}

@test "every number of both documents, both years, by year, quarter, month and week" {
	years
	for year in 2024 2025; do
		# shellcheck disable=SC2046
		everywhere $year.jsonl $(raw $year) -- - $year $year-Q3 $year-02 $year-12 $year-W01 $year-W09 2020-W53 2023
	done
}

@test "with the incidents of last year: years compared, frequencies raised and lowered" {
	years
	last=$ROOT/samples/dispatch-2024/40-incidents.csv
	then=$ROOT/samples/dispatch-2024/00-assessment.csv
	# shellcheck disable=SC2046
	everywhere "2025.jsonl $then $last" $(raw 2025) "$then" "$last" -- - 2024 2025-Q1 2025-03 2025-W01
	report service 2025.jsonl "$then" "$last" >year.md
	report service "$then" "$last" 2025.jsonl >first.md
	same year.md first.md
	grep -F '| 2024年 | 31 |' year.md
	grep -F '（T01） | 2025-01-01至2025-12-31 | 13 | 4（高） | 4 | 3（中） | 升高 |' year.md
	grep -F '（T15） | 2025-01-01至2025-12-31 | 3 | 3（中） | 13 | 4（高） | 降低 |' year.md
	report service 2025.jsonl >alone.md
	grep -F '| 2024年 | 2024-01-01至2024-12-31 | 不在数据中 |' alone.md
	without '| 2024年 | 2024-01-01至2024-12-31 | 0' alone.md
	# Without the assessment of that year its incidents may not be all.
	# shellcheck disable=SC2046
	everywhere "2025.jsonl $last" $(raw 2025) "$last" -- - 2024 2025-Q1 2025-03 2025-W01
	report service 2025.jsonl "$last" >log.md
	grep -F '| 2024年 | 数据中有31起 | — |' log.md
	grep -F '数据中有上年的安全事件，但没有上年的评估信息，不能断定是否齐全，不能与上年比较' log.md
}

@test "the folder of samples compares years, and makes nothing again that has not changed" {
	made=$PWD/made/dispatch-2025/zh
	make -s -C "$ROOT/samples" OUT="$PWD/made" "$made/service.md" "$made/compare.md"
	for document in service compare; do
		grep -E '^\| 2024年 \| 31' "$made/$document.md"
		without '数据中有' <(grep '^|' "$made/$document.md")
	done
	make -C "$ROOT/samples" OUT="$PWD/made" "$made/service.md" "$made/compare.md" >again
	without report again
}

@test "an incident beyond the assessed days does not make its year known" {
	years
	jq -n -c 'first(inputs | select(.type == "incident" and .date >= "2024-12-01"))' 2024.jsonl >open.jsonl
	jq -c '.date = "2026-01-07" | .id = "L1"' open.jsonl >late.jsonl
	jq -c 'select(.type == "assessment") | .period_from = "2024-07-01" | .period_to = "2025-06-30"' 2025.jsonl >fiscal.jsonl
	jq -c 'select(.type == "assessment") | .period_from = "2023-07-01" | .period_to = "2024-06-30"' 2024.jsonl >before.jsonl
	jq -c 'select(.type == "incident")' 2024.jsonl 2025.jsonl >>fiscal.jsonl
	intake "$ROOT"/samples/dispatch-2025/[12]0-*.csv >>fiscal.jsonl
	asset-value fiscal.jsonl | threat-rate >rated.jsonl
	# shellcheck disable=SC2046
	everywhere "2025.jsonl open.jsonl" $(raw 2025) open.jsonl -- - 2024 2025-Q1 2025-01
	# shellcheck disable=SC2046
	everywhere "2025.jsonl late.jsonl" $(raw 2025) late.jsonl -- - 2026 2026-Q1
	everywhere rated.jsonl fiscal.jsonl -- - 2024 2025
	everywhere "before.jsonl rated.jsonl" before.jsonl fiscal.jsonl -- - 2024 2025 2023
	report service 2025.jsonl open.jsonl >open.md
	grep -F '| 2024年 | 数据中有1起 | — |' open.md
	without 数量相同 open.md
	without 增加 open.md
	report service before.jsonl rated.jsonl >fiscal.md
	grep -F '| 2024年 | 31 |' <(cut -d '|' -f 1,2,4,5 fiscal.md)
}

@test "spreadsheets in GB18030 and in UTF-8 give the same documents" {
	years
	mkdir sheets
	for name in $RAW; do
		iconv -f UTF-8 -t GB18030 <(intake_text 2025 "$name") >"sheets/$name.csv"
	done
	intake sheets/*.csv | asset-value | threat-rate >gb.jsonl
	# shellcheck disable=SC2046
	intake $(raw 2025) | asset-value | threat-rate >utf.jsonl
	same utf.jsonl gb.jsonl
	everywhere gb.jsonl sheets/*.csv -- - 2025-11
}

# intake_text YEAR NAME: a sheet in UTF-8 without its mark, whatever it is in.
intake_text() {
	local file=$ROOT/samples/dispatch-$1/$2.csv
	{ iconv -f UTF-8 -t UTF-8 "$file" 2>/dev/null || iconv -f GB18030 -t UTF-8 "$file"; } |
		sed '1s/^\xef\xbb\xbf//'
}

@test "incidents of any kind: times missing or in the wrong order, leap days, ends of years" {
	for seed in 3 7 11 16 20; do
		"$PYTHON" "$TESTS/incidents.py" make $seed >raw.jsonl
		asset-value raw.jsonl | threat-rate >rated.jsonl 2>unrated || [ -s unrated ]
		[ -s unrated ] && continue
		everywhere rated.jsonl raw.jsonl -- - 2024-02 2020-W53
		ASSET=A1 everywhere rated.jsonl raw.jsonl -- - 2024
		if grep -nE '(^|[^0-9-])-[0-9]+(天|小时|分钟| day| h| min)' made.md; then
			return 1
		fi
	done
}

@test "the oracle notices each number that is changed" {
	years
	report service 2025.jsonl >true.md
	# shellcheck disable=SC2046
	set -- $(raw 2025)
	cp true.md made.md
	"$PYTHON" "$TESTS/incidents.py" check zh service - made.md "$@"
	grep -nE '^\|.*[0-9]|[0-9]起|[0-9]次' true.md | grep -vE 'tfdl|LZYS|评估|V1' | cut -d: -f1 |
		awk 'NR % 9 == 1' >numbered
	[ "$(wc -l <numbered)" -gt 12 ]
	while read -r line; do
		sed "${line}s/\(.*\)\([0-9]\)/\1\29/" true.md >made.md
		if "$PYTHON" "$TESTS/incidents.py" check zh service - made.md "$@" >differs; then
			sed -n "${line}p" made.md
			return 1
		fi
	done <numbered
}

# slice PERIOD: its code and days, by a template of one's own.
slice() {
	report -T ./slice.md -p "$1" x /dev/null
}

@test "-p: years, quarters, months, weeks of ISO 8601; other texts are a usage error" {
	printf '{{period.code}} {{period.from}} {{period.to}}' >slice.md
	"$PYTHON" "$TESTS/incidents.py" weeks 2015 2028 >all
	while read -r code rest; do
		[ "$(slice "$code")" = "$code $rest" ]
	done <all
	for year in $(seq 2015 2028); do
		grep -q "$year-W53" all || gives 2 slice "$year-W53"
	done
	[ "$(slice 2024)" = '2024 2024-01-01 2024-12-31' ]
	[ "$(slice 2024-Q1)" = '2024-Q1 2024-01-01 2024-03-31' ]
	[ "$(slice 2025-Q4)" = '2025-Q4 2025-10-01 2025-12-31' ]
	[ "$(slice 2024-02)" = '2024-02 2024-02-01 2024-02-29' ]
	[ "$(slice 2100-02)" = '2100-02 2100-02-01 2100-02-28' ]
	[ "$(slice 0001)" = '0001 0001-01-01 0001-12-31' ]
	[ "$(slice 9999)" = '9999 9999-01-01 9999-12-31' ]
	for wrong in '' 25 0000 20255 2025- 2025-Q 2025-Q0 2025-Q5 2025-Q12 2025Q1 2025-q1 2025-0 2025-3 2025-00 2025-13 \
		2025-W00 2025-W54 2025-W9 2025-W2x 2025-w09 2025-01-01 ' 2025' '2025 ' 2025-02- +025 2025/02; do
		gives 2 slice "$wrong"
		says "report: $wrong: not a period, as 2025, 2025-Q2, 2025-03 or 2025-W09"
		[ ! -s out ]
	done
}

@test "-p of a document that has no period is an error; a template or partial may have one" {
	years
	for document in assessment plan residual assets; do
		gives 2 report -p 2025 $document 2025.jsonl
		says "report: $document: has no period that -p could set"
		[ ! -s out ]
	done
	mkdir -p my/zh
	echo '{{> _days}}' >my/zh/letter.md
	echo '{{#period}}{{name}}{{/period}}' >my/zh/_days.md
	[ "$(report -T my -p 2025-W09 letter 2025.jsonl)" = 2025年第9周 ]
	echo 'assessment.period_from period {{assessment.period_to}}' >my/zh/_days.md
	gives 2 report -T my -p 2025-W09 letter 2025.jsonl
}

@test "without an assessment the period is that of the incidents, without either none" {
	years
	jq -c 'select(.type != "assessment")' 2025.jsonl >bare.jsonl
	report service bare.jsonl >bare.md
	grep -F '报告期因而取数据中第一起安全事件至最后一起安全事件的日期，即2025-01-09至2025-12-23。' bare.md
	grep -F '| 报告期 | 2025-01-09至2025-12-23 |' bare.md
	jq -c 'select(.type == "asset")' 2025.jsonl >assets.jsonl
	for language in zh en; do
		for document in service incidents; do
			quietly report -l $language $document assets.jsonl
			cp out none.md
			"$PYTHON" "$TESTS/documents.py" $language none.md assets.jsonl
		done
	done
	grep -F 'so the period reported is not known' none.md
	jq -c 'select(.type == "assessment") | .period_from = "2025-12-31" | .period_to = "2025-01-01"' 2025.jsonl >turned.jsonl
	gives 1 report service turned.jsonl
	says 'report: turned.jsonl:1: period_to: before period_from'
	grep -F '报告期无从确定' out
}

@test "a quarter without inspection is a gap; a month is too short for one" {
	years
	jq -c 'select(.type != "inspection" or .date < "2025-06-01")' 2025.jsonl >few.jsonl
	report service few.jsonl >few.md
	[ "$(grep -cF '| 0 | 没有巡检记录 |' few.md)" -eq 3 ]
	grep -F '有3个季度没有巡检记录：** 2025年第2季度、2025年第3季度、2025年第4季度。' few.md
	report -p 2025-Q3 service few.jsonl | grep -F '有1个季度没有巡检记录：** 2025年第3季度。'
	report -p 2025-08 service few.jsonl >month.md
	without '个季度没有巡检' month.md
	grep -F '报告期不足一个季度' month.md
	risk-lint few.jsonl >found || true
	grep -F '2025-Q2: inspection: no inspection in 3 quarters, until 2025-Q4 (7.15)' found
}

@test "a year with no incident counts as 0 only where the period assessed covers it" {
	years
	jq -c 'select(.type != "incident")' 2025.jsonl >none.jsonl
	report service none.jsonl >none.md
	grep -F '| 2025年 | 2025-01-01至2025-12-31 | 0起 |' none.md
	grep -F '| 2024年 | 2024-01-01至2024-12-31 | 不在数据中 |' none.md
	report -p 2023 service none.jsonl >other.md
	grep -F '2023年的安全事件不在数据中' other.md
	grep -F '| 信息安全事件数量 | 不在数据中 |' other.md
	# Nor is anything said of what was or was not done then.
	grep -F '| 巡检 | 不在数据中 |' other.md
	grep -F '报告期的数据不全，不判断是否缺少季度巡检。' other.md
	grep -F '数据中没有本期尚未解决的事件。' other.md
	without '个季度没有巡检' other.md
	report -l en -p 2023 service none.jsonl >other.md
	grep -F '| Inspections | not in the data |' other.md
	grep -F 'The data hold no incident of the period that is not yet resolved.' other.md
	# Of one asset: that others had incidents last year is enough to count none.
	report -a AQ-01 service 2025.jsonl "$ROOT/samples/dispatch-2024/40-incidents.csv" |
		grep -F '| 2025年 | 2025-01-01至2025-12-31 | 0起 |'
}

@test "a threat rated with other incidents than the stream has is said" {
	years
	jq -c 'select(.type != "incident" or .threat != "T01" or .date < "2025-07-01")' 2025.jsonl >fewer.jsonl
	report -l en service fewer.jsonl >fewer.md
	grep -F '(T01), rated with 13, in the data 7;' fewer.md
	report -l en service 2025.jsonl >all.md
	without 'rated with' all.md
}

@test "an incident of an unknown threat is listed, one refused too, never a negative time" {
	cat >odd.jsonl <<-'END'
	{"type":"incident","id":"I1","date":"2024-02-29","name":"early","threat":"T9","detected":"2024-02-28T10:00","resolved":"2024-02-27T10:00"}
	{"type":"incident","id":"I2","date":"2024-02-29","name":"closed","status":"closed","detected":"2024-03-01T00:00"}
	{"type":"incident","id":"I3","date":"2023-02-29","name":"no such day"}
	END
	gives 1 report -l en service odd.jsonl
	says 'report: odd.jsonl:3: date: "2023-02-29" is not a day, YYYY-MM-DD'
	grep -F 'detected before the day it happened, resolved before the day it happened, resolved before it was detected' out
	grep -F 'resolved or closed, but has no time of resolution' out
	grep -F '| 2024-02-29 | I1 | early | threat T9 |' out
	grep -F '| From occurrence to detection | 1 | 1 | 1 day | 1 day | closed (I2) |' out
	without ' -1' out
	grep -F 'no such day' out
}

@test "in PDF a record is on one page with the room to sign it" {
	years
	for language in zh en; do
		report -l $language -f pdf incidents 2025.jsonl >records.pdf
		pdftotext -layout records.pdf - | awk -v RS='\f' -v id="$([ $language = zh ] && echo 事件编号 || echo 'Incident id')" \
			-v item="$([ $language = zh ] && echo 经过和经验教训 || echo 'What happened and what was')" \
			-v sign="$([ $language = zh ] && echo 签字 || echo Signature)" \
			'index($0, id) { n++; if (!index($0, item) || !index($0, sign)) print NR } END { print n }' >pages
		[ "$(cat pages)" = 28 ]
	done
}
