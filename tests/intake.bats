# Spreadsheets: encodings, separators, headings, rows and cells.

load helper

sheet() {
	"$PYTHON" "$TESTS/spreadsheet.py" "$@"
}

# take STATUS OPTION...: intake of a sheet on standard input, into out and err.
take() {
	gives "$1" intake "${@:2}"
}

T='{"type":"threat","id":"T","name":"x","frequency_level":1}'

@test "the samples give the same bytes in every form" {
	for year in 2024 2025; do
		(cd "$ROOT/samples/dispatch-$year" && intake ./*.csv | assessed) >want
		[ "$(grep -c '"type":"residual"' want)" -gt 100 ]
		for form in gb18030 gb18030-crlf bom-crlf utf-16le utf-16be-crlf semicolon tab-crlf \
		    quoted no-last-break; do
			for file in "$ROOT/samples/dispatch-$year"/*.csv; do
				sheet recode "$form" "$file" "${file##*/}"
				cmp -s "$file" "${file##*/}" || touch "differs-$form"
			done
			[ -e "differs-$form" ]
			intake ./*.csv | assessed >out
			same want out
			cat 10-assets.csv | intake | same <(intake 10-assets.csv) -
		done
	done
}

@test "GB18030 is all of Unicode" {
	printf 'id,name\nx,镕㐀€😀\n' >in
	for to in GB18030 UTF-8 UTF-16; do
		iconv -f UTF-8 -t "$to" in | take 0 -t threat
		same <(echo '{"type":"threat","id":"x","name":"镕㐀€😀"}') out
	done
}

@test "the sample files come as spreadsheets save them" {
	cd "$ROOT/samples"
	run ! iconv -f UTF-8 -t UTF-8 ./*/*.csv
	grep -lq $'^\357\273\277' ./*/*.csv
}

@test "records as CSV and back are the same records" {
	for year in 2024 2025; do
		for type in asset threat exposure incident decision inspection vulnerability; do
			intake "$ROOT/samples/dispatch-$year"/*.csv | jq -c "select(.type == \"$type\")" >want
			[ -s want ]
			sheet table want >table.csv
			take 0 table.csv
			same <(jq -cS . want) <(jq -cS . out)
		done
	done
}

@test "headings: English, aliases, full-width, any order, any case" {
	echo '{"type":"asset","id":"x","name":"y","confidentiality":1,"integrity":2,"availability":3}' >want
	while IFS= read -r heading; do
		printf '%s\nx,y,1,2,3\n' "$heading" | take 0
		same want out
	done <<-'END'
	id,name,confidentiality,integrity,availability
	ID,Asset Name,C,I,A
	asset_id,ASSET-NAME,confidentiality,Integrity,availability
	资产编号,资产名称,机密性,完整性,可用性
	编号,名称,保密性,完整性赋值,可用性赋值
	ＩＤ,ｎａｍｅ,Ｃ,Ｉ,Ａ
	　资产编号 , 资产 名称 ,"机密性",完整性,可用性
	END
	printf '可用性,名称,完整性,机密性,编号\n3,y,2,1,x\n' | take 0
	jq -cS . want | same - <(jq -cS . out)
	printf '可用性,名称,完整性,机密性,编号\n3,y,2,1,x\n' | intake | grep -q '^{"type":"asset","id":"x",'
}

@test "a closer heading wins; columns unknown, repeated or without heading are kept" {
	printf '编号,资产编号,名称,机密性,完整性,可用性,,,备注,备注,value_2\nB,A,n,3,4,5,x,y,z,,w\n' | take 0
	echo '{"type":"asset","id":"A","编号":"B","name":"n","confidentiality":3,"integrity":4,"availability":5,"column 7":"x","column 8":"y","备注":"z","value_2":"w"}' >want
	same want out
	printf '资产编号,编号,名称,机密性,完整性,可用性\nA,B,n,3,4,5\n' | take 0
	jq -e '.id == "A" and .["编号"] == "B"' out
	printf '编号,名称,机密性,完整性,可用性,备注,备注,备注\nA,n,3,4,5,1,2,3\n' | take 0
	jq -c '[.["备注"], .["备注 (2)"], .["备注 (3)"]]' out | grep -qx '\["1","2","3"\]'
}

@test "headings that say nothing, or too much" {
	printf 'foo,bar\n1,2\n3,4\n' >foo.csv
	printf '名称,机密性,完整性,可用性\nn,3,4,5\n' >lacks.csv
	printf 'ID,ID,名称,机密性,完整性,可用性\nA,B,n,3,4,5\n' >twice.csv
	printf '编号,名称,"机密性\nA,n,3,4,5\n' >open.csv
	printf '编号,名称\nA,n\n' >threat.csv
	printf '\n \n\n' >blank.csv
	: >empty.csv
	gives 1 intake foo.csv lacks.csv twice.csv open.csv blank.csv empty.csv
	golden headings.err err
	golden headings.out out
	for filter in $METHOD_FILTERS; do
		gives 1 "$filter" foo.csv empty.csv
		jq -r .source out | same <(printf 'foo.csv\nempty.csv\n') -
	done
}

@test "headings of one type that lack a required one do not pass for another" {
	printf '编号,名称,资产类别,所属部门,完整性,可用性\nA,n,服务器,信息部,3,4\n' | take 1
	jq -e '.type == "refused" and (.error | contains("asset") and contains("机密性"))' out
}

@test "an assessment, an incident, an inspection: the type that fits most" {
	printf '编号,日期,名称\n1,2025/3/4,n\n' | intake | jq -r .type | grep -qx incident
	printf '编号,日期,结果\n1,2025/3/4,n\n' | intake | jq -r .type | grep -qx inspection
	printf '编号,名称,威胁主体\n1,n,恶意\n' | intake | jq -r .type | grep -qx threat
	printf '资产编号,威胁编号\n1,2\n' | intake | jq -r .type | grep -qx exposure
	printf '标题\n评估\n' | intake | jq -r .type | grep -qx assessment
}

@test "-t says the type, -e the encoding" {
	printf 'id,name,c\nx,y,z\n' | take 0 -t threat
	same <(echo '{"type":"threat","id":"x","name":"y","c":"z"}') out
	printf 'id,name\nx,caf\351\n' | take 0 -t threat -e ISO-8859-1
	same <(echo '{"type":"threat","id":"x","name":"café"}') out
	printf 'id,name\nx,y\n' | iconv -t UTF-16BE | take 0 -e UTF-16BE -t threat
	gives 2 intake -t nothing
	says 'intake: nothing: no such type'
	gives 2 intake -e nothing "$ROOT/samples/dispatch-2025/10-assets.csv"
	says 'intake: nothing: no such encoding'
}

@test "rows: blank, short, long, quoted line breaks, doubled quotes, line numbers" {
	cat >rows.csv <<-'END'

	资产编号,资产名称,机密性,完整性,可用性,"备
	注"
	A1,"第一行
	第二行",3,4,5,x

	,,,,,
	A2,n,3,4
	A3,n,3,4,5,x,y
	"A4",n,3,4,5,"他说""好"""
	A5,n,3,4,5,a"b
	A6,n,3,4,5,"a"b
	A7,"n,",3,4,5,ok
	A8,n,3,4,5,"never
	closed
	A9,n,3,4,5,ok
	END
	gives 1 intake rows.csv
	golden rows.err err
	golden rows.out out
	sed 's/$/\r/' rows.csv >crlf && mv crlf rows.csv
	gives 1 intake rows.csv
	golden rows.err err
	sed 's/\\u000d//g' out | same "$TESTS/golden/rows.out" -
}

@test "cells: levels, numbers, enumerations, dates, times, lists" {
	cat >levels.csv <<-'END'
	编号,名称,资产类别,机密性,完整性,可用性,可用度
	1,n,网络设备,10,0,2.5,
	2,n,Network Device,高,３,,99.9%
	3,n,network-device,3,3.0,,99.95
	4,n,路由器, 3 ,1e0,5,
	5,n,　服务器　,03,+3,3,
	END
	cat >days.csv <<-'END'
	事件编号,日期,事件名称,是否SLA事件,发现时间
	1,2025/3/4,n,是,2025.3.4 9:05
	2,2025年3月4日,n,否,2025年3月4日 9:05:07
	3,45720,n,√,45720.378472222
	4,2025.3.4,n,yes,2025-03-04T09:05
	5,2025-02-29,n,FALSE,2025/3/4 24:00
	6,3/4/2025,n,也许,9:05
	7,20250304,n,,2025/13/4 9:05
	8,45720.5,n,,45720.5
	END
	cat >lists.csv <<-'END'
	脆弱性编号,脆弱性名称,资产编号,威胁方式,严重程度,CVE,威胁编号
	1,n,A,破坏硬件、软件和数据,3,a;b；c、d,
	2,n,A,窃取、破坏硬件、软件和数据、扫描、监听,3,"a

	b",T1 ；T2
	3,n,A,扫描、监听；窃取;网络攻击,3,,
	4,n,A,"破坏硬件、软件和数据
	破坏",3,,
	5,n,A,破坏硬件、软件,3,,
	6,n,A,sabotage;Theft,3,,
	7,n,A,；,3,,
	END
	gives 1 intake levels.csv days.csv lists.csv
	golden cells.err err
	golden cells.out out
}

@test "a time on a day that is not in the calendar is refused" {
	printf '事件编号,日期,事件名称,发现时间\n1,2025-03-01,n,2025-02-30 10:00\n' | take 1
}

@test "revisions: one a line, their parts separated by |" {
	printf '标题,变更履历\nt,"V1.0|李|2025/1/2|王|2025-01-03|赵|2025-01-04|首次|发布\nV1.1|||||||\n\nV1.2|张"\n' | take 0
	echo '[{"version":"V1.0","author":"李","written":"2025-01-02","reviewer":"王","reviewed":"2025-01-03","approver":"赵","approved":"2025-01-04","note":"首次|发布"},{"version":"V1.1"},{"version":"V1.2","author":"张"}]' |
		same - <(jq -c .revisions out)
	printf '标题,变更履历\nt,"V1.0|李|2025-02-30"\n' | take 1
}

@test "a refused row is kept as it came, whatever its encoding" {
	printf '\261\340\272\305,\303\373\263\306\nx,\201\n' >in.csv # GB18030, a character cut short
	gives 1 intake in.csv
	jq -r .record out | base64 -d | same <(printf 'x,\201') -
}

@test "headings alone; CSV operands of a filter; JSON Lines among them" {
	printf 'id,name,c,i,a\n' >head.csv
	quietly asset-value head.csv
	same /dev/null out
	printf 'id;name;c;i;a\r\nx;y;5;4;4' >X.CSV
	printf 'id\tname\tc\ti\ta\nz\ty\t6\t4\t4\n' >x.tsv
	echo '{"type":"note"}' | gives 1 asset-value X.CSV - x.tsv
	says 'asset-value: x.tsv:2: confidentiality: 6 is not in 1..5'
	jq -r '[.type, .value, .line, .record] | @tsv' out >found
	printf 'asset\t4.3\t\t\nnote\t\t\t\nrefused\t\t2\tz\\ty\\t6\\t4\\t4\n' | same - found
	cp X.CSV sheet && gives 1 asset-value sheet
	gives 0 intake sheet
}

# bats test_tags=corpora
@test "csv-spectrum: each cell as its JSON says" {
	corpora csv/csv-spectrum
	for file in "$CORPORA"/csv/csv-spectrum/csvs/*.csv; do
		name=$(basename "$file" .csv)
		sheet titled "$file" table
		if [ "$name" = location_coordinates ]; then # quotation marks in a bare cell
			gives 1 intake -t assessment table
			says 'intake: table:2: a quotation mark stands where none may'
			continue
		fi
		quietly intake -t assessment table
		sheet cells "$CORPORA/csv/csv-spectrum/json/$name.json" out
	done
}

@test "one broken byte does not change the encoding of a file" {
	printf 'id,name,c,i,a\nA1,中文,1,2,3\nA2,数据,1,2,3\nA3,x\377,1,2,3\n' >plain.csv
	{ printf '\357\273\277' && cat plain.csv; } >marked.csv
	for file in plain.csv marked.csv; do
		gives 1 intake $file
		[ "$(jq -r 'select(.type == "asset") | .name' out | tr '\n' ' ')" = '中文 数据 ' ]
		says "intake: $file:4: not text of the file's encoding"
	done
	{ iconv -t gb18030 <<<$'编号,名称,机密性,完整性,可用性\nA1,路由器,1,2,3\nA2,交换机,1,2,3' && printf 'A3,\377,1,2,3\n'; } >gb.csv
	gives 1 intake gb.csv
	[ "$(jq -r 'select(.type == "asset") | .name' out | tr '\n' ' ')" = '路由器 交换机 ' ]
}

@test "how bytes arrive through a pipe changes nothing" {
	printf 'id,name,confidentiality,integrity,availability\nA1,\272\303,1,2,3\n' >in.csv
	intake in.csv >want
	{ sed -n 1p in.csv && sleep 0.2 && sed -n 2p in.csv; } | intake | same want -
	printf 'id,confidentiality,integrity,availability,name\nA1,1,2,3,\272\303' | intake | grep 好
	{ printf '\n' && sleep 0.2 && echo "$T"; } | intake >out
	printf '\n%s\n' "$T" | same - out
}

@test "a byte order mark in GB18030; a broken unit of UTF-16" {
	{ printf '\204\061\225\063' && iconv -t gb18030 <<<$'编号,名称,机密性,完整性,可用性\nA1,n,1,2,3'; } >gb.csv
	quietly intake gb.csv
	grep '"id":"A1"' out
	{ printf '\377\376' && iconv -t utf-16le <<<$'id,name,c,i,a\nA1,n,1,2,3' && printf 'A\0002\000,\000\000\330,\0001\000,\0001\000,\0001\000\n\000' &&
		iconv -t utf-16le <<<'A3,n,1,2,3'; } >wide.csv
	gives 1 intake wide.csv
	[ "$(jq -r '.id // "refused"' out | tr '\n' ' ')" = 'A1 refused A3 ' ]
}

@test "the separator is that of the first row with text" {
	printf '\n;;;;\nid;name;confidentiality;integrity;availability\nA1;a,b;1;2;3\n' >in.csv
	quietly intake in.csv
	grep '"name":"a,b"' out
}

@test "a thousand items and a thousand headings take no time" {
	{
		printf 'id,name,asset,severity,manners,x%s\n' "$(printf ',x%.0s' $(seq 3000))"
		printf 'V,n,A,3,%s病毒,x%s\n' "$(printf '病毒、%.0s' $(seq 3000))" "$(printf ',y%.0s' $(seq 3000))"
	} >in.csv
	gives 1 timeout 5 intake in.csv
	[ "$(wc -l <out)" -eq 1 ]
}

@test "JSON Lines by its name, whatever its first line" {
	printf 'garbage\n%s\n' "$T" >in.jsonl
	gives 1 intake in.jsonl
	[ "$(jq -r .type out | tr '\n' ' ')" = 'refused threat ' ]
}

@test "a column called type, and one called type (2)" {
	printf 'type,type (2),asset,threat\nx,y,A,T\nexposure,z,A,T2\n' >in.csv
	quietly intake -t exposure in.csv
	[ "$(jq -c '[.[]]' out | sed -n 1p)" = '["exposure","x","y","A","T"]' ]
}

@test "a row of full-width spaces is blank" {
	printf 'id,name,c,i,a\nA1,n,1,2,3\n　,,,,\n' >in.csv
	quietly intake in.csv
	[ "$(wc -l <out)" -eq 1 ]
}

@test "lines over 1 MiB in UTF-16; an encoding that holds a letter back; -e with a named file" {
	for name in x yy ''; do
		printf 'id,confidentiality,integrity,availability,note,name\nA1,1,1,1,%s,n%s\nA2,1,1,1,z,n\n' \
			"$(head -c 500000 /dev/zero | sed 's/\x00/服/g')" "$name" | iconv -t utf-16 >long.csv
		gives 0 timeout 20 intake long.csv
		[ "$(wc -l <out)" -eq 2 ]
	done
	printf 'id,name,confidentiality,integrity,availability,owner\nA1,ba,1,1,1,la\n' >in.csv
	quietly intake -e CP1258 in.csv
	grep -F '"owner":"la"' out
}

@test "a stray byte among even runs of characters leaves a file UTF-8" {
	{
		echo id,name,confidentiality,integrity,availability
		for i in $(seq 20); do echo "A$i,核心交换设备,3,3,3"; done
		printf 'A99,\326\320,1,1,1\n'
	} >in.csv
	gives 1 intake in.csv
	[ "$(grep -c '"name":"核心交换设备"' out)" -eq 20 ]
	says "intake: in.csv:22: not text of the file's encoding"
}

@test "a broken line within a quoted cell refuses the row, whole" {
	printf 'id,name,c,i,a,note\nA1,x,1,1,1,"begin \377\nA9,phantom,5,5,5,inside\nend"\nA2,y,1,1,1,z\n' >in.csv
	gives 1 intake in.csv
	[ "$(jq -r '.id // "refused"' out | tr '\n' ' ')" = 'refused A2 ' ]
	says "intake: in.csv:2: not text of the file's encoding"
	jq -r 'select(.type == "refused") | .record' out | base64 -d | grep -a phantom
}

@test "a row that says it is of another type is refused" {
	printf 'type,id,name,c,i,a\nthreat,A1,x,1,1,1\n' >in.csv
	gives 1 intake -t asset in.csv
	says 'intake: in.csv:2: type: threat, under headings of asset'
}

@test "headings with a line break, parted by semicolons" {
	printf '"资产\n编号";名称;保密性;完整性;可用性\nA1;x;1;1;1\n' >in.csv
	quietly intake in.csv
	grep -F '{"type":"asset","id":"A1"' out
}

@test "headings of two types ask for -t" {
	printf 'id,name,date,frequency\n1,n,2025-01-02,3\n' >in.csv
	gives 1 intake in.csv
	says 'intake: in.csv:1: headings of both threat and incident; -t says which'
	quietly intake -t threat in.csv
	[ "$(jq -c .frequency out)" = 3 ]
}
