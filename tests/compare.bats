# The comparison of two assessments as a document, against compare.py.

load helper

years() {
	for year in 2024 2025; do
		intake "$ROOT/samples/dispatch-$year"/*.csv | assessed >$year.jsonl
	done
}

former=(samples/dispatch-2024/00-assessment.csv samples/dispatch-2024/40-incidents.csv)

@test "the two sample years, forth and back: every number is that of an independent count" {
	years
	for language in zh en; do
		risk-diff -s 2024.jsonl 2025.jsonl >forth
		quietly report -l $language compare 2025.jsonl "${former[@]/#/$ROOT/}" forth
		golden "compare.$language.md" out
		"$PYTHON" "$TESTS/compare.py" $language out 2024.jsonl 2025.jsonl 2025-12-31 \
			"2024=$(grep -c '"type":"incident"' 2024.jsonl)" "2025=$(grep -c '"type":"incident"' 2025.jsonl)"
		without '{{' out
		risk-diff -s 2025.jsonl 2024.jsonl >back
		quietly report -l $language compare 2024.jsonl back
		"$PYTHON" "$TESTS/compare.py" $language out 2025.jsonl 2024.jsonl 2024-12-31 \
			"2024=$(grep -c '"type":"incident"' 2024.jsonl)"
		# By another day other work is due.
		quietly report -D 2025-06-30 -l $language compare 2025.jsonl forth
		"$PYTHON" "$TESTS/compare.py" $language out 2024.jsonl 2025.jsonl 2025-06-30 \
			"2025=$(grep -c '"type":"incident"' 2025.jsonl)"
	done
}

@test "what is missing is said" {
	years
	risk-diff -s 2024.jsonl 2025.jsonl >changes
	quietly report compare 2025.jsonl changes
	grep -Fx 上期的评估信息不在数据中。 out
	without 不能对应 <(sed -n '/^## 摘要/,/^## 1/p' out)
	# Without -s, or of another stream.
	quietly report compare 2025.jsonl <(risk-diff 2024.jsonl 2025.jsonl)
	same=$(jq -c 'select(.what == "same")' changes | wc -l)
	grep -F "数据中的风险与变化记录有$((same))项不能对应" out
	quietly report compare 2024.jsonl changes
	grep -F 项不能对应，各项数量因而可能不完整 out
	quietly report compare 2025.jsonl
	grep -F 数据中没有变化记录，不能对比 out
	: >nothing
	for language in zh en; do
		quietly report -l $language compare nothing
		quietly report -l $language compare changes
	done
	# One asset.
	quietly report -a ZD-06 compare 2025.jsonl changes
	n=$(jq -c 'select(.asset == "ZD-06" and .what == "raised")' changes | wc -l)
	grep -F "| 升高 | $n |" out
	# One that is gone is there in the changes alone.
	gone=$(jq -n -r 'first(inputs | select(.causes[].cause == "asset-gone")) | .asset' changes)
	quietly report -a "$gone" compare 2025.jsonl changes
	grep -F "| 限定资产 | $(jq -n -r --arg a "$gone" 'first(inputs | select(.asset == $a)) | .asset_name' changes)（$gone） |" out
	gives 2 report -a "$gone" compare 2025.jsonl
	says "report: $gone: no such asset"
}

@test "risks that only became acceptable, or ceased to be, are a change with its cause" {
	years
	# No limit of an asset any more.
	jq -c 'if .maximum_level then del(.maximum_level) | .acceptable = (.level <= 3) else . end' 2025.jsonl >limits
	risk-diff -s 2025.jsonl limits >changes
	n=$(jq -c 'select(.before_acceptable != .after_acceptable)' changes | wc -l)
	[ "$n" -gt 0 ]
	for language in zh en; do
		quietly report -l $language compare limits changes
		"$PYTHON" "$TESTS/compare.py" $language out 2025.jsonl limits 2025-12-31 \
			"2025=$(grep -c '"type":"incident"' limits)"
		without 没有变化的风险 out
		without 'No risk changed' out
	done
	quietly report compare limits changes
	grep -Fx "### A.5 只改变了是否可接受（${n}项）" out
	grep -Fx "| 可接受上限 | 0 | 0 | 0 | 0 | $n |" out
	quietly report compare 2025.jsonl <(risk-diff -s 2025.jsonl 2025.jsonl)
	[ "$(grep -c '^没有变化的风险。$' out)" -eq 2 ]
}

@test "changes of another stream, or the other way round, are counted; the later year is the current one" {
	years
	for pair in '2024 2025' '2025 2024'; do
		risk-diff -s ${pair% *}.jsonl ${pair#* }.jsonl >changes
		quietly report compare 2025.jsonl changes
		jq -r 'select(.type == "risk") | "\(.id) \(.score)"' 2025.jsonl | sort >risks
		jq -r 'select(.what != "removed") | "\(.risk) \(.after_score)"' changes | sort >said
		wrong=$(comm -23 risks said | wc -l)
		extra=$(join -v 2 risks said | wc -l)
		if [ "$wrong" -eq 0 ]; then
			without 不能对应 <(sed -n '/^## 摘要/,/^## 1/p' out)
		else
			grep -F "数据中的风险与变化记录有$((wrong + extra))项不能对应" out
		fi
	done
	[ "$wrong" -gt 0 ]
	risk-diff -s 2024.jsonl 2025.jsonl >changes
	report compare 2025.jsonl "${former[@]/#/$ROOT/}" changes >want
	quietly report compare "${former[@]/#/$ROOT/}" 2025.jsonl changes
	same want out
	# Without treatments then, nothing is said of what was due.
	risk-diff -s <(grep -v '"type":"treatment"' 2024.jsonl) 2025.jsonl >changes
	quietly report compare 2025.jsonl changes
	grep -F '上期的数据中没有风险处理记录，不能判断' out
	without 或者已登记为完成 out
}

@test "a year that the data have in part is not compared, whichever assessment is of it" {
	years
	risk-diff -s 2024.jsonl 2025.jsonl >changes
	jq -c 'select(.type == "assessment") | .period_from = "2024-07-01"' 2024.jsonl >title
	jq -c 'select(.type == "incident" and .date >= "2024-07-01")' 2024.jsonl | cat title - >half
	jq -c 'select(.type == "assessment") | .period_from = "2025-04-01" | .period_to = "2025-06-30"' 2025.jsonl >spring
	jq -c 'if .type == "assessment" then .period_from = "2025-07-01" else . end' 2025.jsonl >autumn
	jq -c 'select(.type != "incident" or .date >= "2025-04-01")' autumn >both
	jq -c 'select(.type != "incident" or .date >= "2025-07-01")' autumn >late
	count() {
		cat "$@" | grep -c '"type":"incident"'
	}
	check() {
		"$PYTHON" "$TESTS/compare.py" $language out 2024.jsonl 2025.jsonl 2025-12-31 "$@"
	}
	for language in zh en; do
		quietly report -l $language compare 2025.jsonl half changes
		check "2024:2024-07-01:2024-12-31=$(count half)" "2025=$(count 2025.jsonl)"
		# Without its incidents nothing is known of its year.
		quietly report -l $language compare 2025.jsonl title changes
		check "2025=$(count 2025.jsonl)"
		quietly report -l $language compare both spring changes
		check "2025:2025-04-01:2025-12-31=$(count both)"
		quietly report -l $language compare late spring changes
		check "2025:2025-07-01:2025-12-31=$(count late)"
		quietly report -l $language compare late half changes
		check "2024:2024-07-01:2024-12-31=$(count half)" "2025:2025-07-01:2025-12-31=$(count late)"
	done
}

@test "what was refused is listed once, and is beside what is missing" {
	years
	line=$(grep -m 1 '^{"type":"vulnerability"' 2024.jsonl)
	{
		echo '{"type":"refused","source":"a.csv","line":3,"error":"e","record":"r"}'
		grep -v -F "$line" 2024.jsonl
	} >poor
	{
		cat 2025.jsonl
		echo '{"type":"refused","source":"b.csv","line":4,"error":"e","record":"r"}'
	} >current
	risk-diff -s poor current >changes
	[ "$(grep -c '^{"type":"refused"' changes)" -eq 2 ]
	quietly report compare current changes
	[ "$(grep -c '^| a.csv' out)" -eq 1 ]
	[ "$(grep -c '^| b.csv' out)" -eq 1 ]
	n=$(jq -c 'select(.what == "added")' changes | wc -l)
	[ "$n" -ge 1 ]
	grep -E "^\| 有记录被拒绝 \| $n \|" out
}

@test "two assessments in another document are refused as ever" {
	years
	gives 1 report assessment 2025.jsonl "$ROOT/samples/dispatch-2024/00-assessment.csv"
	grep -F 'another assessment is there already' err
}

@test "two methods are compared where that is asked for, by level" {
	years
	m=tfdl-1508-raw
	intake "$ROOT/samples/dispatch-2024"/*.csv | asset-value -m $m | threat-rate -m $m |
		vuln-rate -m $m | risk-calc -m $m >raw
	risk-diff -f -s raw 2025.jsonl >changes
	gives 1 report compare 2025.jsonl changes
	grep -F 'before_method: tfdl-1508-raw@' err
	quietly report -M compare 2025.jsonl changes
	n=$(jq -c 'select(.before_level and .after_level)' changes | wc -l)
	grep -F "有${n}项风险前后两期采用的评估方法不同" out
	grep -F '风险值（方法不同的，等级）升高' out
	grep -F '评估方法' out
	# The cells of the former matrix have levels that its risks had not.
	sed -n '/^### 2.3/,/^### 2.4/p' out | grep -F '矩阵按本期的方法绘制'
	quietly report -M -l en compare 2025.jsonl changes
	sed -n '/^### 2.3/,/^### 2.4/p' out | grep -F 'The matrix is drawn by the current method'
}

@test "PDF and HTML of it are whole" {
	years
	risk-diff -s 2024.jsonl 2025.jsonl >changes
	quietly report -f pdf compare 2025.jsonl changes
	qpdf --check out >/dev/null
	pdftotext -layout out text
	grep -F 附录A text
	quietly report -f html compare 2025.jsonl changes
	grep -c '<svg' out | grep -qx '[1-9][0-9]*'
}
