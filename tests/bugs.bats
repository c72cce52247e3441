load helper

# What was wrong once.

A='{"type":"asset","id":"A","name":"n","confidentiality":5,"integrity":5,"availability":5,"value_level":5}'
T='{"type":"threat","id":"T","name":"x","frequency_level":1}'
V='{"type":"vulnerability","id":"V","name":"x","asset":"A","threats":["T"],"severity":5,"severity_level":5}'

@test "an empty operand is a file that is not there" {
	for filter in $FILTERS; do
		gives 2 "$filter" ''
		says "$filter: \"\": No such file or directory"
		[ "$(jq -r .source out)" = '""' ]
	done
}

@test "the manner of a refused threat is nobody's" {
	printf '%s\n' "$A" '{"type":"threat","id":"T","name":"x","manner":"virus","frequency_level":1}' \
		'{"type":"threat","id":"T","name":"y","manner":"theft","frequency_level":5}' \
		'{"type":"vulnerability","id":"V","name":"x","asset":"A","manners":["theft"],"severity":5,"severity_level":5}' >in
	gives 1 risk-calc in
	says 'risk-calc: in:4: vulnerability V: there is no threat of manner theft'
}

@test "an exposure that is not rated is not passed over" {
	printf '%s\n' "$A" "$T" '{"type":"exposure","asset":"A","threat":"T","frequency":5}' "$V" >in
	gives 1 risk-calc in
	says 'risk-calc: in:4: vulnerability V: the exposure to threat T has no frequency_level, threat-rate adds it'
	without '"type":"risk"' out
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

@test "a record with a thousand faults is refused in few words, and report counts it" {
	{
		printf '{"type":"vulnerability","id":"V","name":"n","asset":"A","severity":3,"threats":["/"'
		printf ',"x/%s"' $(seq 999)
		printf ']}\n{"type":"vulnerability"}\n'
	} >in
	gives 1 vuln-rate in
	[ "$(jq -r .error out | wc -c)" -lt 10000 ]
	jq -r .error out | grep '; and 980 more$'
	[ "$(report assets out | grep -c '^| in | ')" -eq 2 ]
	gives 1 report assets in
	[ "$(grep -c '^| in | ' out)" -eq 2 ]
}

@test "a thousand items and a thousand headings take no time" {
	{
		printf 'id,name,asset,severity,manners,x%s\n' "$(printf ',x%.0s' $(seq 3000))"
		printf 'V,n,A,3,%s病毒,x%s\n' "$(printf '病毒、%.0s' $(seq 3000))" "$(printf ',y%.0s' $(seq 3000))"
	} >in.csv
	gives 1 timeout 5 intake in.csv
	[ "$(wc -l <out)" -eq 1 ]
}

@test "100000 incidents rate 10000 threats at once" {
	"$PYTHON" - >in <<-'END'
	print('{"type":"assessment","title":"t","period_from":"2025-01-01","period_to":"2025-12-31"}')
	for i in range(10000):
	    print('{"type":"threat","id":"T%d","name":"n"}' % i)
	for i in range(100000):
	    print('{"type":"incident","id":"I%d","name":"n","date":"2025-03-04","threat":"T%d"}' % (i, i % 10000))
	END
	timeout 20 threat-rate in >out
	[ "$(grep -c '"frequency_level":3,"frequency_basis":"history","incident_count":10}' out)" -eq 10000 ]
}

@test "a refused record leaves its id free" {
	printf '%s\n' "${A%?},\"value\":1.0}" "$A" >in
	gives 1 asset-value in
	[ "$(jq -r .type out | tr '\n' ' ')" = 'refused asset ' ]
}

@test "numbers beyond 64 bits in fields of others pass" {
	echo '{"type":"note","n":12345678901234567890123}' >in
	quietly asset-value in
	same in out
	printf 'id,date,name,cost\nI,2025-01-01,n,99999999999999999999\n' >in.csv
	quietly intake in.csv
	printf 'risk,option,cost\nA/T/V,retain,99999999999999999999\n' >in.csv
	gives 1 intake in.csv
	says 'intake: in.csv:2: cost: "99999999999999999999" is not a number in 0..1000000000000'
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

@test "a basis of availability without a figure is refused" {
	echo '{"type":"asset","id":"A","name":"n","confidentiality":5,"integrity":5,"availability":1,"availability_basis":"sla"}' >in
	gives 1 asset-value in
	says 'asset-value: in:1: availability_basis: sla, without a figure of the service level'
}
