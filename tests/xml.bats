# Findings in XML: what an element is as a value, what is refused, and what
# paths find in it.

load helper

# items FILE PATH...: the items of a file are those of the oracle; their number
# is in count.
items() {
	quietly "$BUILD/test-xml" "$@"
	mv out found
	"$PYTHON" "$TESTS/elements.py" items "$1" found "${@:2}" >count
}

# counts N FILE PATH...
counts() {
	items "${@:2}"
	[ "$(cat count)" -eq "$1" ]
}

# refused MESSAGE [FILE]: of a file whose items are those of its root.
refused() {
	gives 1 "$BUILD/test-xml" "${2:-in}" item
	echo "$1" >wanted
	same wanted err
}

# texts WANTED PATH: of the items in the file in under the path item.
texts() {
	quietly "$BUILD/test-xml" -t "$2" "${file:-in}" "${items:-item}"
	jq -c '.[0]' out | paste -sd ' ' >found
	echo "$1" >wanted
	same wanted found
}

# nested DEPTH: a file of so many elements one in the other.
nested() {
	"$PYTHON" -c 'import sys; n = int(sys.argv[1]) - 2
print("<list><item>" + "<e>" * (n - 1) + "<e/>" + "</e>" * (n - 1) + "</item></list>")' "$1" >in
}

# long N: a file with a text of so many bytes.
long() {
	"$PYTHON" -c 'import sys; print("<list><item>" + "x" * int(sys.argv[1]) + "</item></list>")' "$1" >in
}

@test "items are what the oracle makes of them" {
	cd "$TESTS/input/xml"
	cp * "$BATS_TEST_TMPDIR"
	cd "$BATS_TEST_TMPDIR"
	counts 3 scan.nessus Report/ReportHost/ReportItem
	counts 2 openvas.xml report/results/result
	counts 3 nmap.xml host/ports/port
	counts 2 nmap.xml host
	counts 4 nmap.xml 'host/*/port' '*/hosts'
	counts 15 shapes.xml item
	counts 16 shapes.xml '*'
	counts 1 shapes.xml other/item
	counts 0 shapes.xml other/item/none
	sed 's/$/\r/' scan.nessus >windows.nessus
	counts 3 windows.nessus Report/ReportHost/ReportItem
}

# bats test_tags=corpora
@test "the items of scanners' files are what the oracle makes of them" {
	corpora scanners
	find "$CORPORA/scanners" -name '*.xml' -o -name '*.nessus' | sort >files
	[ -s files ]
	while read -r file; do
		items "$file" Report/ReportHost/ReportItem report/results/result \
			HOST_LIST/HOST/VULN_INFO_LIST/VULN_INFO
		cat count >>all
	done <files
	awk '{ n += $1 } END { exit n < 100 }' all
}

@test "an element is a text, or its attributes, elements and text" {
	gives 0 "$BUILD/test-xml" "$TESTS/input/xml/shapes.xml" item
	jq -c .value out >values
	golden xml-shapes.jsonl values
}

@test "around an item is what it stands in, without other items" {
	gives 0 "$BUILD/test-xml" "$TESTS/input/xml/scan.nessus" Report/ReportHost/ReportItem
	jq -c '.around | map(keys_unsorted)' out | sort -u >around
	echo '[["@name","HostProperties"],["@name","@xmlns:cm"],["Policy"]]' >wanted
	same wanted around
	jq -r '.around[0]["@name"]' out | paste -sd ' ' >names
	echo '10.8.1.11 10.8.1.11 10.8.1.13' >wanted
	same wanted names
}

@test "paths find texts" {
	file=$TESTS/input/xml/scan.nessus items=Report/ReportHost/ReportItem
	texts '["19506"] ["51192"] ["10881"]' @pluginID
	texts '[] ["CVE-2020-0001","CVE-2020-0002","CVE-2020-0003"] []' cve
	texts '[] ["FAILED"] []' cm:compliance-result
	texts '[] [""] []' see_also
	texts '["10.8.1.11"] ["10.8.1.11"] ["10.8.1.13"]' ../@name
	texts '["10.8.1.11"] ["10.8.1.11"] ["10.8.1.13"]' '../HostProperties/tag[@name=host-ip]'
	texts '["Kylin Linux V10"] ["Kylin Linux V10"] []' '../HostProperties/tag[@name=operating-system]'
	texts '["Kylin Linux V10"] ["Kylin Linux V10"] []' '../*/tag[@name=operating-system]/#text'
	texts '["yes"] ["yes"] ["yes"]' '../../../Policy/*/*/preference[name=safe_checks]/value'
	texts '["调度中心 & 变电站"] ["调度中心 & 变电站"] ["调度中心 & 变电站"]' ../../@name
	texts '[] [] []' ../../../../@name
	texts '[] [] []' cve/..
	texts '[] [] []' CVE
	texts '[] [] []' 'cve[@type=x]'
	texts '[] [] []' description/p
	file=$TESTS/input/xml/openvas.xml items=report/results/result
	texts '["10.8.2.1"] ["10.8.2.1"]' host
	texts '["CVE-2011-3389","CVE-2015-0204"] ["CVE-1999-0524"]' 'nvt/refs/ref[@type=cve]/@id'
	texts '["https://example.org/"] []' 'nvt/refs/ref[@type=url]/@id'
	texts '["CVE-2011-3389"] []' 'nvt/refs/ref[@id=CVE-2011-3389]/@id'
	texts '["审计"] ["审计"]' ../../../owner/name
	printf '<list><item>a</item><item b="c">d</item></list>' >in
	unset file items
	texts '["a"] ["d"]' ''
	texts '[] ["c","d"]' '*'
}

# cells WANTED PATH: the texts in the rows in the file rows.
cells() {
	quietly "$BUILD/test-xml" -r -t "$2" rows
	jq -c '.[0]' out | paste -sd ' ' >found
	echo "$1" >wanted
	same wanted found
}

@test "paths find the cells of a row by its headings, and what JSON has" {
	cat >rows <<-'END'
		{"Plugin ID":"1","CVSS v3.0 Base Score":"9.8","Affected Software/OS":"x","风险 等级":"高","a/b":"c","*":"star","IP:Port":"y"}
		{"plugin id":"2","IP":{"Port":1},"t[k=1]":"q"}
	END
	cells '["1"] []' 'Plugin ID'
	cells '["9.8"] []' 'CVSS v3.0 Base Score'
	cells '["x"] []' 'Affected Software/OS'
	cells '["高"] []' '风险 等级'
	cells '["c"] []' a/b
	cells '["star"] ["2","q"]' '*'
	cells '["y"] []' IP:Port
	cells '[] ["1"]' IP/Port
	cells '[] ["q"]' 't[k=1]'
	cells '[] []' ''
	cells '[] []' ../x
	cat >rows <<-'END'
		{"a":[{"n":1,"t":["x","y"]},{"n":2,"t":null},{"n":"1","t":true},{"n":[3,1],"t":[[7.5,10.0],false]}]}
		{"a":{"n":1,"t":{"#text":"o","p/q":1e3}}}
		{"a":["text",null,1,-0.25,123456789012345678,{"x":1},{"#text":2}]}
		[{"a":"in a list"},{"A":"and in its other"}]
		"text"
		null
	END
	cells '["x","y","true","7.5","10.0","false"] ["o"] [] [] [] []' a/t
	cells '["x","y","true","7.5","10.0","false"] ["o"] [] [] [] []' 'a[n=1]/t'
	cells '[] [] [] [] [] []' 'a[n=2]/t'
	cells '["7.5","10.0","false"] [] [] [] [] []' 'a[n=3]/t'
	cells '["1","x","y","2","1","true","3","1","7.5","10.0","false"] ["1","o"] ["1","2"] [] [] []' 'a/*'
	cells '[] [] ["text","1","-0.25","123456789012345678","2"] ["in a list"] [] []' a
	cells '[] ["1000.0"] [] [] [] []' a/t/p/q
	cells '[] [] [] [] ["text"] []' ''
	cells '[] [] [] [] [] []' 'a[n=1'
	cells '[] [] [] [] [] []' 'a[n]/t'
	cells '[] [] [] [] [] []' 'a[=1]/t'
	cells '[] [] [] [] [] []' a//t
	cells '[] [] [] [] [] []' /a
}

@test "text of the file is UTF-8, whatever it was in" {
	printf '<?xml version="1.0" encoding="%s"?>\n<list>\n<item 等级="高">弱口令 café</item></list>' UTF-8 >utf8
	counts 1 utf8 item
	cp found wanted
	grep -q 弱口令 wanted
	for encoding in GB18030 GBK GB2312 gb2312 BIG5 UTF-16 UTF-16LE UTF-16BE; do
		as=${encoding/#[gG][bB]2312/GBK}
		case $encoding in
		BIG5) sed 's/等级/a/; s/é/e/' utf8 | sed "s/UTF-8/BIG5/" | iconv -t BIG5 >in ;;
		*) sed "s/UTF-8/${encoding%[LB]E}/" utf8 | iconv -t "$as" >in ;;
		esac
		quietly "$BUILD/test-xml" in item
		if [ "$encoding" = BIG5 ]; then
			grep -q '弱口令 cafe' out
		else
			same wanted out
		fi
	done
	{ printf '\xef\xbb\xbf' && sed s/UTF-8/GBK/ utf8; } >in
	quietly "$BUILD/test-xml" in item
	same wanted out
	printf "<?xml version='1.0' encoding = 'ISO-8859-1' ?><list><item>caf\xe9</item></list>" >in
	texts '["café"]' ''
	printf '<list><item>\xb8\xdf</item></list>' >in
	quietly "$BUILD/test-xml" -e GB18030 in item
	grep -q 高 out
	printf '<?xml version="1.0" encoding="US-ASCII"?><list><item>\xb8</item></list>' >in
	refused 'line 1: not well-formed (invalid token)'
	printf '<?xml version="1.0" encoding="GBK"?>\n<list><item>\xff\xff</item></list>' >in
	refused 'line 2: not well-formed (invalid token)'
	printf '<?xml version="1.0" encoding="x-none"?><list/>' >in
	refused "line 1: encoding 'x-none', unknown"
	printf '<?xml version="1.0" encoding="GBK//IGNORE"?><list/>' >in
	refused 'line 1: XML declaration not well-formed'
	printf '<?xml version="1.0" encoding="utf-16"?><list/>' >in
	refused "line 1: encoding 'utf-16', but not in it"
}

@test "a character may lie across blocks" {
	for encoding in UTF-8 GB18030 UTF-16; do
		"$PYTHON" - $encoding >in <<-'END'
			import sys
			text = '<?xml version="1.0" encoding="%s"?><list>' % sys.argv[1]
			text += '<item>x%s</item>' % ("\u6f0f\U00020bb7" * 300) * 3000
			sys.stdout.buffer.write((text + "</list>").encode(sys.argv[1]))
		END
		counts 3000 in item
		grep -c '漏𠮷' found >n
		[ "$(cat n)" = 3000 ]
		# And where they come from a pipe, in pieces.
		cat in | "$BUILD/test-xml" - item | cmp - found
	done
}

@test "long texts, deep elements: so far and no farther" {
	long 1000000
	counts 1 in item
	long $((8 << 20))
	counts 1 in item
	long $(((8 << 20) + 1))
	refused 'line 1: a text longer than 8 MiB'
	long 10000000
	refused 'line 1: a text longer than 8 MiB'
	printf '<list><item a="%09000000d"/></list>' 1 >in
	refused 'line 1: an attribute longer than 8 MiB'
	printf '<list>\n<!--%025000000d--></list>' 1 >in
	refused 'line 2: a tag or comment longer than 8 MiB'
	nested 200
	counts 1 in item
	nested 201
	refused 'line 1: elements nested deeper than 200'
	nested 1000000
	"$PYTHON" "$TESTS/elements.py" within 5 100 "$BUILD/test-xml" in item 2>err >out || [ $? -eq 1 ]
	echo 'line 1: elements nested deeper than 200' >wanted
	same wanted err
}

@test "what is not XML is refused, after the items before" {
	printf '<list>\n<item>1</item>\n<item>2</item>\n<item>3' >in
	refused 'line 4: the file ends within an element'
	jq -r .value out | paste -sd ' ' >found
	echo '1 2' >wanted
	same wanted found
	printf '<list>\n<item>1</item>\n<item>2</wrong></list>' >in
	refused 'line 3: mismatched tag'
	[ "$(wc -l <out)" -eq 1 ]
	printf '<list>\n<item>1</item></list>\n<list/>' >in
	refused 'line 3: junk after document element'
	[ "$(wc -l <out)" -eq 1 ]
	: >in
	refused 'line 1: no element found'
	printf '\n\n' >in
	refused 'line 3: no element found'
	printf 'Plugin ID,Risk\n' >in
	refused 'line 1: syntax error'
	printf '<list><item a="1" a="2"/></list>' >in
	refused 'line 1: duplicate attribute'
	printf '<list><item>&#0;\x01</item></list>' >in
	refused 'line 1: reference to invalid character number'
	printf '<list><item' >in
	refused 'line 1: unclosed token'
	printf '<list><item>\xff</item></list>' >in
	refused 'line 1: not well-formed (invalid token)'
	head -c 700 "$TESTS/input/xml/scan.nessus" >in
	refused 'line 16: unclosed token'
	head -n 15 "$TESTS/input/xml/scan.nessus" >in
	refused 'line 16: the file ends within an element'
}

@test "a file that no map knows is left, whatever comes in it" {
	printf '<unknown><item/><wrong></unknown>' >in
	quietly "$BUILD/test-xml" in item
	same /dev/null out
}

@test "a folder, and what cannot be read, is trouble" {
	gives 2 "$BUILD/test-xml" . item
	gives 2 "$BUILD/test-xml" none item
}

# What a file may have that makes much of little, or reads others.

DECLARED='an entity is declared, which is refused'
REFERRED='an entity is referred to, which is refused'

@test "a billion laughs are refused before the first" {
	{
		echo '<?xml version="1.0"?>'
		echo '<!DOCTYPE list ['
		echo '<!ENTITY a0 "ha">'
		for i in {1..30}; do
			echo "<!ENTITY a$i \"&a$((i - 1));&a$((i - 1));&a$((i - 1));&a$((i - 1));\">"
		done
		echo ']>'
		echo '<list><item>&a30;</item></list>'
	} >in
	refused "line 3: $DECLARED"
	"$PYTHON" "$TESTS/elements.py" within 1 50 "$BUILD/test-xml" in item >out 2>err || [ $? -eq 1 ]
	says "line 3: $DECLARED"
	# One entity, long, referred to often.
	printf '<!DOCTYPE list [<!ENTITY a "%01000000d">]><list><item>%s</item></list>' 1 \
		"$(printf '&a;%.0s' {1..1000})" >in
	refused "line 1: $DECLARED"
	# Attributes that a document type gives to every element are left out.
	printf '<!DOCTYPE list [<!ATTLIST e a CDATA "%0100000d">]>\n<list><item b="c">%s</item></list>' 1 \
		"$(printf '<e/>%.0s' {1..20000})" >in
	"$PYTHON" "$TESTS/elements.py" within 5 100 "$BUILD/test-xml" in item >out 2>err
	[ "$(jq -c '.value.e[0]' out)" = '""' ]
}

@test "entities of every kind are refused, and no file is opened" {
	mkfifo fifo
	for what in '<!ENTITY x SYSTEM "file:///etc/hostname">' '<!ENTITY x "y">' \
		"<!ENTITY x SYSTEM \"$PWD/fifo\">" '<!ENTITY x PUBLIC "p" "fifo">' \
		'<!ENTITY % x "y">' '<!ENTITY % x SYSTEM "fifo">' \
		'<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "fifo" NDATA n>'; do
		printf '<!DOCTYPE list [\n%s\n]>\n<list><item>&x;</item></list>' "$what" >in
		gives 1 timeout 10 "$BUILD/test-xml" in item
		says "line 2: $DECLARED"
		printf '<!DOCTYPE list SYSTEM "fifo" [\n%s\n%%x;]>\n<list><item a="&x;"/></list>' "$what" >in
		gives 1 timeout 10 "$BUILD/test-xml" in item
		says "line 2: $DECLARED"
	done
	printf '<!DOCTYPE list [\n%%x;\n<!ENTITY y "z">]>\n<list><item>&y;</item></list>' >in
	refused "line 2: $REFERRED"
	printf '<list>\n<item>&nbsp;</item></list>' >in
	refused 'line 2: undefined entity'
	printf '<list>\n<item a="&nbsp;"/></list>' >in
	refused 'line 2: undefined entity'
	# expat would leave these out, as their file is not read.
	printf '<!DOCTYPE list SYSTEM "fifo">\n<list>\n<item>&nbsp;</item></list>' >in
	refused "line 3: $REFERRED"
	printf '<!DOCTYPE list SYSTEM "fifo">\n<list>\n<item a="1&lt;&nbsp;"/></list>' >in
	refused "line 3: $REFERRED"
}

@test "a document type without entities is allowed, and not read" {
	mkfifo fifo
	printf '<!DOCTYPE list SYSTEM "fifo">\n<list><item a="&lt;&#65;&amp;&gt;&quot;&apos;"/></list>' >in
	gives 0 timeout 10 "$BUILD/test-xml" -t @a in item
	echo "[[\"<A&>\\\"'\"]]" >wanted
	same wanted out
	printf '<!DOCTYPE list PUBLIC "-//x" "https://127.0.0.1:1/x.dtd">\n<list><item/></list>' >in
	counts 1 in item
	printf '<!DOCTYPE list [\n<!ELEMENT list (item*)>\n<!-- %%x; -->\n<?p %%x; ?>\n<!ELEMENT item ANY>\n<!ATTLIST item a CDATA "x" b CDATA #IMPLIED>\n]>\n<list><item b="c"/><item>%%x;</item></list>' >in
	texts '["c"] []' '*'
	texts '[] ["%x;"]' ''
}

@test "no file but the one is opened" {
	command -v strace >strace-is || skip 'skipped: no strace'
	printf '<!DOCTYPE list SYSTEM "/etc/hostname" [<!ENTITY %% x SYSTEM "/etc/hostname"> %%x;]><list><item/></list>' >in
	strace -f -o trace -e trace=open,openat,socket "$BUILD/test-xml" in item 2>err || [ $? -eq 1 ]
	grep -q '"in"' trace || skip 'skipped: strace is not allowed here'
	without hostname trace
	without socket trace
}

@test "memory is that of one finding, however many there are" {
	"$PYTHON" "$TESTS/elements.py" nessus 100 200 >in
	# What a sanitizer keeps of memory that is free does not count.
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=1
	"$PYTHON" "$TESTS/elements.py" within 30 60 "$BUILD/test-xml" -n in Report/ReportHost/ReportItem >count
	[ "$(cat count)" -eq 20000 ]
}
