# Registers as people keep them in spreadsheets.

load helper

# fields NAME...: these of each record in out, by tabs.
fields() {
	local list
	printf -v list ', .%s' "$@"
	jq -r "[${list#, }] | @tsv" out
}

# table TEXT: the lines of TEXT, cells parted by | and nothing else, in in.csv.
table() {
	tr '|' ',' <<<"$1" >in.csv
}

@test "titles, notes and legends above the heading" {
	table '电力调度中心信息资产登记表
编制日期：|2025-03-05|编制人|张三
赋值：|5 很高|4 高|3 中|2 低|1 很低
|保密性|完整性|可用性
资产编号|资产名称|保密性|完整性|可用性
A1|n|3|4|5'
	gives 0 intake in.csv
	same <(echo '{"type":"asset","id":"A1","name":"n","confidentiality":3,"integrity":4,"availability":5}') out
	grep -F 'above the heading' err
	gives 0 asset-value in.csv
	says 'asset-value: in.csv: rows above the heading: 4'
	gives 0 intake -t asset in.csv
	[ "$(wc -l <out)" -eq 1 ]
}

@test "what stands above is not taken for the heading" {
	# A form, each heading with its value beside it.
	table '评估名称|2025年风险评估|编制人|张三
编号|R-7|名称|资产登记|日期|2025-03-05
资产编号|资产名称|保密性|完整性|可用性
A1|n|3|4|5'
	gives 0 intake in.csv
	[ "$(fields type id)" = $'asset\tA1' ]
	# Merged cells over the headings.
	table '资产|||威胁|||脆弱性|||
资产编号|脆弱性编号|脆弱性名称|威胁编号|严重程度|x|y|z|u|
A1|V1|n|T1|3|||||'
	gives 0 intake in.csv
	[ "$(fields type id)" = $'vulnerability\tV1' ]
	# A heading of unknown columns mostly is one where no other is there.
	table '标题|x1|x2|x3
x|1|2|3'
	quietly intake in.csv
	[ "$(fields type title)" = $'assessment\tx' ]
}

@test "30 rows are looked at; none of them a heading, the nearest is refused" {
	{
		printf 'note %s\n' $(seq 29)
		printf '资产编号,资产名称,保密性,完整性,可用性\nA1,n,3,4,5\n'
	} >in.csv
	gives 0 intake in.csv
	[ "$(fields id)" = A1 ]
	{ echo more && cat in.csv; } >late.csv
	gives 1 intake late.csv
	says 'intake: late.csv:1: headings of no record type'
	says 'intake: late.csv:1: rows left out under it: 31'
	table '登记表
资产编号|资产名称|保密性|完整性
A1|n|3|4'
	gives 1 intake in.csv
	says 'intake: in.csv:2: headings of no record type; nearest is asset'
	says 'intake: in.csv:2: rows left out under it: 1'
}

@test "a broken row above the heading is refused, not passed over" {
	printf '\343\377,x\nid,name,c,i,a\nA1,n,1,2,3\n' >in.csv
	gives 1 intake in.csv
	says "intake: in.csv:1: not text of the file's encoding"
	[ "$(jq -r .type out | tr '\n' ' ')" = 'refused asset ' ]
}

@test "large rows above a heading are not piled up" {
	{
		for _ in $(seq 4); do head -c 3000000 /dev/zero | tr '\0' x && echo; done
		printf 'id,name,c,i,a\nA1,n,1,2,3\n'
	} >in.csv
	gives 1 intake in.csv
	says 'intake: in.csv:1: rows left out under it: 5'
}

@test "headings with a remark, a star, or spelt another way" {
	while IFS= read -r heading; do
		table "$heading
A1|n|1|2|3"
		quietly intake in.csv
		same <(echo '{"type":"asset","id":"A1","name":"n","confidentiality":1,"integrity":2,"availability":3}') out
	done <<-'DONE'
	*资产编号|资产名称（全称）|保密性（C）|完整性(I)|可用性【A】
	编号（必填）|名称*|机密性赋值|完整性赋值|可用性赋值
	资产编号|资产名称|保密性等级|完整性等级|可用性等级
	编号|名称|C|I|A
	DONE
	# The column of the id, not that of the row's number.
	table '序号|资产编号（必填）|名称|C|I|A
1|A1|n|1|2|3'
	quietly intake in.csv
	[ "$(jq -c '[.id, .["序号"]]' out)" = '["A1","1"]' ]
	# Two that only remarks tell apart are kept as they are.
	table '编号|名称|C|I|A|说明（1）|说明（2）
A1|n|1|2|3|x|y'
	quietly intake in.csv
	[ "$(jq -c '[.["说明（1）"], .["说明（2）"], .description]' out)" = '["x","y",null]' ]
}

@test "levels in words and numerals" {
	while read -r level words; do
		for word in $words; do
			table "编号|名称|C|I|A
A1|n|${word//_/ }|1|1"
			quietly intake in.csv
			[ "$(fields confidentiality)" = "$level" ] || { echo "$word" && false; }
		done
	done <<-'DONE'
	1 很低 极低 非常低 VL very_low Very-Low 一级 1级 １级 Ⅰ Ⅰ级 １
	2 低 较低 L low 二级 2级 Ⅱ
	3 中 中等 M medium 三级 3级 Ⅲ级
	4 高 较高 H HIGH 四级 Ⅳ
	5 很高 极高 非常高 VH very_high 五级 ５级 Ⅴ
	6 六级 6级 Ⅵ
	9 九级 9级 Ⅸ
	DONE
	for word in 三 尚可 十级 0级 10级 级 高级 '3 4' 3中; do
		table "编号|名称|C|I|A
A1|n|$word|1|1"
		gives 1 intake in.csv
		grep -F "confidentiality: \"$word\" is not a number in 1..9" err
	done
	# A name or a description is no level.
	table '编号|名称|说明|C|I|A
高|三级|很高|1|1|1'
	quietly intake in.csv
	[ "$(fields id name description)" = $'高\t三级\t很高' ]
}

@test "the words of every method are those levels" {
	for file in "$ROOT"/schemas/methods/*.json; do
		for scale in confidentiality integrity availability; do
			jq -r ".scales.${scale}[] | [.level, .label.zh, .label.en] | @tsv" "$file" |
				while IFS=$'\t' read -r level zh en; do
					printf 'id,name,c,i,a\nA1,n,%s,%s,1\n' "$zh" "$en" | intake -t asset |
						jq -r '[.confidentiality, .integrity] | @tsv' | same <(printf '%s\t%s\n' "$level" "$level") -
				done
		done
	done
}

@test "words are of five levels: no level of a method that has another number" {
	local method
	levels 4
	table '威胁编号|威胁名称|威胁频率
T1|n|高
T2|n|3级'
	gives 1 threat-rate -m "$method" in.csv
	says 'threat-rate: in.csv:2: frequency: "高" is not a number in 1..4'
	[ "$(jq -c .frequency_level out | tail -n 1)" = 3 ]
}

@test "units, full-width numbers and dates" {
	table '编号|名称|C|I|可用度|允许中断时间（分钟）
1|n|1|1|99.9%|30分钟
2|n|1|1|９９．９％|30
3|n|1|1|99.9 %|１０ minutes
4|n|1|1|约99%|
5|n|1|1||2小时'
	gives 1 intake in.csv
	jq -c 'select(.type == "asset") | [.id, .availability_percent, .max_outage_minutes]' out |
		same <(printf '%s\n' '["1",99.9,30]' '["2",99.9,30]' '["3",99.9,10]') -
	says 'intake: in.csv:5: availability_percent: "约99%" is not a number in 0..100'
	says 'intake: in.csv:6: max_outage_minutes: "2小时" is not a number in 0..1000000'
	table '事件编号|日期|事件名称|威胁编号
I|2025年3月5日|n|T
I|2025-3-5|n|T
I|2025/3/5|n|T
I|2025.03.05|n|T
I|20250305|n|T
I|２０２５／３／５|n|T
I|45721|n|T'
	quietly intake in.csv
	[ "$(fields date | sort -u)" = 2025-03-05 ]
	[ "$(wc -l <out)" -eq 7 ]
	table '事件编号|日期|事件名称
20250305|20250305|45721
I|20251305|n
I|202503|n'
	gives 1 intake in.csv
	[ "$(fields id date name | head -n 1)" = $'20250305\t2025-03-05\t45721' ]
	grep -c 'is not a day' err | grep -x 2
}

@test "ids in a list are parted by commas as well, texts are not" {
	printf '编号,名称,资产编号,威胁编号,CVE,严重程度\nV1,n,A1,"T1，T2,T3、T4","a,b",3\n' >in.csv
	quietly intake in.csv
	[ "$(jq -c '[.threats, .cve]' out)" = '[["T1","T2","T3","T4"],["a,b"]]' ]
}

@test "merged cells: a reference that is needed is that of the row above" {
	table '资产编号|脆弱性编号|脆弱性名称|威胁编号|严重程度|备注
A1|V1|n|T1|4|
|V2|n|T1|3|x
|V3|n|T1|3|
A2|V4|n|T1|3|'
	gives 0 intake in.csv
	jq -r '[.id, .asset, .from_above] | @tsv' out |
		same <(printf 'V1\tA1\t\nV2\tA1\tasset\nV3\tA1\tasset\nV4\tA2\t\n') -
	says 'intake: in.csv: cells taken from the row above: 2'
	table '威胁编号|资产编号|威胁频率
T1|A1|4
|A2|3'
	gives 0 intake in.csv
	[ "$(fields threat asset | tail -n 1)" = $'T1\tA2' ]
}

@test "merged cells: nothing else is filled in" {
	# Below a blank row, a refused row, a row of notes: a new block.
	for between in '||||' 'A9|V9' '|备注：以上为一期|||'; do
		table "资产编号|脆弱性编号|脆弱性名称|威胁编号|严重程度
A1|V1|n|T1|4
$between
|V2|n|T1|3"
		sed -i 's/^,,,,$/　,,,,/' in.csv
		gives 1 intake in.csv
		grep -F 'asset: missing' err
		[ "$(jq -c 'select(.type != "refused")' out | wc -l)" -eq 1 ]
	done
	# The second of two references; what is no reference; what is not needed.
	table '资产编号|威胁编号|威胁频率
A1|T1|4
A2||3'
	gives 1 intake in.csv
	says 'intake: in.csv:3: threat: missing'
	table '编号|日期|名称|资产编号
I1|2025-01-01|n|A1
I2|2025-01-02|n|'
	quietly intake in.csv
	[ "$(jq -c .asset out | tail -n 1)" = null ]
	table '编号|名称|资产类别|C|I|A
A1|n|服务器|1|1|1
A2|n||1|1|1
|n||1|1|1'
	gives 1 intake in.csv
	[ "$(jq -c .category out | sed -n 2p)" = null ]
}

@test "merged cells: a row with a host of its own is of that asset" {
	printf '资产编号,名称,地址,C,I,A\nZC-002,n,10.20.1.0/24,1,1,1\nZC-003,n,10.20.2.0/24,1,1,1\n' >assets.csv
	table '脆弱性编号|脆弱性名称|资产编号|主机|威胁方式|危险等级
1|a||10.20.1.10|网络攻击|高
2|b|ZC-002||网络攻击|高
3|c||10.20.2.7|网络攻击|高
4|d|||网络攻击|高
5|e|ZC-003|10.20.1.10|网络攻击|高
6|f|||网络攻击|高
7|g||10.30.0.1|网络攻击|高'
	gives 1 intake assets.csv in.csv
	jq -r 'select(.type == "vulnerability") | [.id, .asset, .from_above] | @tsv' out | sort |
		same <(printf '1\tZC-002\t\n2\tZC-002\t\n3\tZC-003\t\n5\tZC-003\t\n6\tZC-003\tasset\n') -
	says 'intake: in.csv:5: asset: missing'
	says 'intake: in.csv:8: host: 10.30.0.1: no asset has this address'
}

@test "headings repeated, sums" {
	table '编号|名称|C|I|A
A1|n|1|1|1
编号|名称|C|I|A
A2|n|1|1|1
合计|2|||
编号|名称|B|I|A'
	gives 1 intake in.csv
	says 'intake: in.csv: asset: 5 rows: 2 records, 2 refused, 1 headings repeated'
	gives 1 asset-value in.csv
	says 'asset-value: in.csv: headings repeated: 1'
	gives 1 intake in.csv
	[ "$(jq -r '.id // .line' out | tr '\n' ' ')" = 'A1 A2 5 6 ' ]
}

@test "a wide table of threats" {
	table '资产威胁赋值表
资产编号|资产名称|THR-01软件硬件故障|T02（病毒）|TH3|备注
A1|n|4|高|/|x
A2|n|—|很快|Ⅱ|
A3|n|无|-|　|y
|n|3|||
合计|n|4|4||
A4|n|6级|1'
	gives 1 intake in.csv
	jq -c 'select(.type == "exposure")' out | same <(cat <<-'DONE'
	{"type":"exposure","asset":"A1","threat":"THR-01","frequency":4,"资产名称":"n","备注":"x"}
	{"type":"exposure","asset":"A1","threat":"T02","frequency":4,"资产名称":"n","备注":"x"}
	{"type":"exposure","asset":"A2","threat":"TH3","frequency":2,"资产名称":"n"}
	DONE
	) -
	says 'intake: in.csv:4: T02（病毒）: "很快" is no level of 威胁频率'
	says 'intake: in.csv:6: 资产编号: empty'
	says 'intake: in.csv:7: 资产编号: a sum, no asset'
	says 'intake: in.csv:8: 4 cells under 6 headings'
	[ "$(jq -r 'select(.type == "refused") | .record' out | head -n 1)" = 'A2,n,—,很快,Ⅱ,' ]
}

@test "a wide table: which headings make one" {
	table '资产编号|X1 a|X2 b
A1|1|2'
	gives 1 intake in.csv
	quietly intake -t exposure in.csv
	[ "$(fields threat | tr '\n' ' ')" = 'X1 X2 ' ]
	for heading in '资产编号|T1 a|V1 b' '资产编号|T1 a' '编号|T1|T2' \
		'资产编号|T1.1|T1.2' '资产编号|CVE-2021-44228|CVE-2021-44229' '资产编号|T12345|T12346'; do
		table "$heading
A1|1|2"
		gives 1 intake in.csv
		grep -F 'headings of no record type' err
	done
	table '资产编号|T1 a|T1 b
A1|1|2'
	gives 1 intake in.csv
	says 'intake: in.csv:1: T1: two columns have this heading'
	# A register of assets stays one.
	table '资产编号|资产名称|C|I|A|T1|T2
A1|n|1|2|3|4|5'
	quietly intake in.csv
	[ "$(fields type T1)" = $'asset\t4' ]
}

@test "a wide table of vulnerabilities: a row says what threatens" {
	table '资产编号|名称|V001 弱口令|VUL-02（未打补丁）|V3
威胁编号||T1、T2|T3|T3
已有安全措施||双人|/|
A1|x|4||2级
A2|y||低|'
	gives 0 intake in.csv
	same <(cat <<-'DONE'
	{"type":"vulnerability","id":"V001","name":"弱口令","asset":"A1","threats":["T1","T2"],"existing_measures":"双人","severity":4,"名称":"x"}
	{"type":"vulnerability","id":"V3","name":"V3","asset":"A1","threats":["T3"],"severity":2,"名称":"x"}
	{"type":"vulnerability","id":"VUL-02","name":"未打补丁","asset":"A2","threats":["T3"],"severity":2,"名称":"y"}
	DONE
	) out
	table '资产编号|威胁方式|V1|V2
A1|窃取|4|3'
	quietly intake in.csv
	[ "$(jq -c .manners out | sort -u)" = '["theft"]' ]
	table '资产编号|V1|V2
A1|4|3
A2|4|3'
	gives 1 intake in.csv
	says 'intake: in.csv:1: a table of vulnerabilities by asset, and no row under the headings says their threats (威胁编号 or 威胁方式)'
	says 'intake: in.csv:1: rows left out under it: 2'
}

@test "ten thousand assets by a hundred threats" {
	"$PYTHON" - >in.csv <<-'DONE'
	print("资产编号," + ",".join("T%d x" % i for i in range(100)))
	for i in range(10000):
	    print("A%d," % i + ",".join(str(k % 5 + 1) if k % 4 else "/" for k in range(100)))
	DONE
	quietly timeout 60 intake in.csv
	[ "$(wc -l <out)" -eq 750000 ]
}

# bats test_tags=corpora
@test "public registers: every row becomes a record, is refused or passed over" {
	corpora registers
	find "$CORPORA/registers" -name '*.csv' | sort >files
	[ -s files ]
	while IFS= read -r file; do
		intake "$file" >out 2>err || [ $? -eq 1 ]
		rows=$("$PYTHON" -c 'import csv, sys
print(sum(any(c.strip() for c in r) for r in csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline=""))))' "$file")
		above=$(sed -n 's/.*[ ,]\([0-9]*\) above the heading.*/\1/p' err)
		again=$(sed -n 's/.*[ ,]\([0-9]*\) headings repeated.*/\1/p' err)
		under=$(jq -rn '[inputs | select(.type == "refused") | .error | capture("left out under it: (?<n>[0-9]+)").n | tonumber] | add // 0' out)
		written=$(wc -l <out)
		refused=$(grep -c '"error":"headings of' out || true)
		# The heading is a row: refused it is a line, else it is none.
		[ $((written + under + ${above:-0} + ${again:-0} + (refused ? 0 : 1))) -eq "$rows" ] ||
			{ echo "$file: $rows rows, $written lines, $under under" && false; }
	done <files
}
