# The loop of plan, review, approval, work and residual risk, as its script goes.

load helper

# role DOCUMENT ROLE: how the document-control table has a role.
role() {
	grep -E "^\| (审核|批准) \| $2 \|" "$1" | sed -n 1p
}

@test "each step of the loop leaves what it must" {
	LOOP=$PWD quietly bash "$ROOT/samples/loop.sh"
	sed "s|$PWD/||" out | golden loop.out /dev/stdin

	# Returned: the comment is there, and nothing is approved.
	[ "$(wc -l <approvals.jsonl)" -eq 8 ]
	draft=$(jq -r 'select(.decision == "returned").digest' approvals.jsonl)
	[ "$draft" = "$(sign-off -d plan -n n -r security-team 1-draft.jsonl | jq -r .digest)" ]
	role 1-draft-plan.md 信息安全管理小组 | grep -F 已退回
	grep -F '请增加措施后重新提交' 1-draft-plan.md
	[ "$(jq -c 'select(.type == "residual" and .vulnerability == "V104" and .next == "treat-again")' 1-draft.jsonl | wc -l)" -eq 1 ]

	# Revised: approved by both, the history still there.
	role 2-plan-plan.md 信息安全管理小组 | grep -F 有效
	role 2-plan-plan.md 安全负责人 | grep -F 有效
	grep -F '请增加措施后重新提交' 2-plan-plan.md
	[ -z "$(jq -c 'select(.type == "residual" and .next == "treat-again")' 2-plan.jsonl)" ]

	# Carried out: what was found counts, and one risk is still too high.
	[ "$(jq -r 'select(.type == "residual" and .vulnerability == "V104") | "\(.basis) \(.next)"' 3-residual.jsonl | sort -u)" = 'actual close' ]
	[ "$(jq -r 'select(.type == "residual" and .next == "treat-again").risk' 3-residual.jsonl)" = AQ-03/T04/V023 ]
	# What carrying it out adds leaves the plan approved.
	head -n 5 approvals.jsonl >then
	report plan 3-residual.jsonl then >carried-out.md
	role carried-out.md 安全负责人 | grep -F 有效

	# Treated again: the plan is another one, until it is approved once more.
	role 4-again-plan.md 安全负责人 | grep -F 内容已变更
	grep -F AQ-03/T04/V023 4-again-plan.md
	report plan 4-again.jsonl approvals.jsonl >final.md
	role final.md 安全负责人 | grep -F 有效
	role 4-again-residual.md 总经理 | grep -F 有效
	quietly risk-lint 4-again.jsonl approvals.jsonl
	same /dev/null out

	# Every document is whole.
	for language in zh en; do
		for document in assessment plan residual; do
			quietly report -l $language $document 4-again.jsonl approvals.jsonl
			mv out $document.md
			cat 4-again.jsonl approvals.jsonl >both
			"$PYTHON" "$TESTS/documents.py" $language $document.md both
		done
	done
}
