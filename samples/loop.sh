#!/bin/bash
# The loop of §7.13 and §7.14 as its people go through it: a plan, returned,
# revised, approved and carried out; the residual risk, treated again, approved.
# Run it in the source tree after make; what each step makes is left in out/loop.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/${RISKLINE_BIN:-bin}:$PATH
sample=$PWD/samples/dispatch-2025
mkdir -p "${LOOP:=out/loop}"
cd "$LOOP"
rm -f approvals.jsonl
cp "$sample/50-decisions.csv" decisions.csv

# assess NAME: everything once more, with the decisions as they stand now.
assess() {
	intake "$sample"/[0-4]*.csv decisions.csv "$sample"/[69]*.csv |
		asset-value | threat-rate | vuln-rate | risk-calc | treat | residual >"$1.jsonl"
}

# document NAME DOCUMENT: with all that has been signed so far.
document() {
	touch approvals.jsonl
	report "$2" "$1.jsonl" approvals.jsonl >"$1-$2.md"
	echo "$LOOP/$1-$2.md"
}

# sign NAME DOCUMENT ROLE PERSON DAY [COMMENT]: returned where there is one.
sign() {
	sign-off ${6:+-R -c "$6"} -d "$2" -r "$3" -n "$4" -D "$5" "$1.jsonl" >>approvals.jsonl
}

# edit VULNERABILITY SED: what a person changes in a row of decisions.csv.
edit() {
	sed -i "/^,$1,/$2" decisions.csv
}

echo '1 plan: the first draft; V104 would stay at severity 4'
edit V104 's/,进行中,,2,/,进行中,,4,/'
assess 1-draft
document 1-draft plan

echo '2 review: returned with a comment'
sign 1-draft plan 信息安全管理小组 组长甲 2026-01-28 '调度管理系统登录接口处理后仍不可接受，请增加措施后重新提交。'
document 1-draft plan

echo '3 revised, reviewed and approved'
edit V104 's/,进行中,,4,/,进行中,,2,/'
assess 2-plan
for what in assessment plan; do
	sign 2-plan $what 信息安全管理小组 组长甲 2026-02-04
	sign 2-plan $what 安全负责人 负责人乙 2026-02-06
	document 2-plan $what
done

echo '4 carried out: V104 as expected, V023 not'
edit V104 's/,进行中,,2,,,,,/,已完成,,2,,,2,,/'
edit V023 's/,进行中,,2,,,,,/,已完成,,2,,,4,,/'
assess 3-residual
document 3-residual residual

echo '5 what is still open'
risk-lint -x approval 3-residual.jsonl approvals.jsonl || [ $? -eq 1 ]

echo '6 treated again: the plan is another, and approved once more'
edit V023 's/,控制,/,控制,停用该设备的远程接入功能并提前更换整机；/; /^,V023,/s/,已完成,,2,,,4,,/,已完成,,2,,,2,,/'
assess 4-again
document 4-again plan
sign 4-again plan 信息安全管理小组 组长甲 2026-06-10
sign 4-again plan 安全负责人 负责人乙 2026-06-12

echo '7 the residual report goes to the general manager'
document 4-again residual
sign 4-again residual 总经理 总经理丙 2026-06-20
document 4-again residual

echo '8 nothing is left open'
risk-lint 4-again.jsonl approvals.jsonl
