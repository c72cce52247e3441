# What is true of every filter.

load helper

# A record of each filter's own type, in a form nobody would write.
own() {
	case $1 in
	asset-value) echo '{ "name" : "\u8d44产","x":[1e3,0.1,1.10],"type":"asset", "id":"A","integrity":3 ,"confidentiality":3.0,"availability":3}  ' ;;
	threat-rate) echo '{"frequency":2,"type" :"threat","id":"T","name":"n\/m", "y":0.10 }	' ;;
	vuln-rate) echo '{"id":"V","type":"vulnerability","name":"n","asset":"A","threats":["T"],"cvss":9.80, "z":-0.0}' ;;
	esac
}

# What no filter handles, but intake checks: lines of many kinds.
others() {
	printf '%s\n' \
	    '  { "b" : 1e3, "a":0.1,"type":"note","c":"\u00e9\/\ud83d\ude00" }  ' \
	    '{"type":"x-unknown","confidentiality":99,"a":{"a":[1,[2,{}]]}}' \
	    '{"type":"","n":12345678901234567,"r":1.0000000000000000001}' \
	    '' '   ' '	' '{"type":"备注","资产":"高"}' \
	    '{"result":"正常","type":"inspection","date":"2025-03-04", "id":"XJ-1"}' \
	    '{"type":"refused","source":"a","line":1,"error":"e","record":"x"}'
	printf '{"type":"note","a":1}\r\n\r\n{"type":"note"}'
}

big() {
	jq -cn 'range(100000) | {type: "note", text: "一二三四五六七八九十"}'
}

@test "other types pass byte for byte" {
	others >in
	{ cat in && echo; } >want
	for filter in $FILTERS; do
		quietly "$filter" in
		same want out
		quietly "$filter" <in
		same want out
	done
}

@test "own records keep their bytes, fields are added behind them" {
	for filter in asset-value threat-rate vuln-rate; do
		own "$filter" >in
		quietly "$filter" in
		[ "$(wc -l <out)" -eq 1 ]
		sed 's/ *}[ 	]*$//' in | tr -d '\n' >head
		cmp -n "$(wc -c <head)" head out
		tail -c "+$(($(wc -c <head) + 1))" out | grep -E '^ *,"[a-z_"].*}[ 	]*$'
	done
}

@test "a record of every type passes the filters it is not for" {
	"$PYTHON" "$TESTS/records.py" make | grep '"type":' |
		grep -vE '"type": "(refused|risk|treatment|residual|asset|threat|exposure|assessment|incident|decision|vulnerability)"' >in
	for filter in $METHOD_FILTERS; do
		quietly "$filter" in
		same in out
	done
}

@test "a full disk is status 2 with a message" {
	others >in
	for filter in $FILTERS; do
		status=0
		"$filter" in >/dev/full 2>err || status=$?
		[ "$status" -eq 2 ]
		says "$filter: <stdout>: No space left on device"
	done
}

@test "standard output that is closed is status 2 with a message" {
	others >in
	for filter in $FILTERS; do
		status=0
		"$filter" in >&- 2>err || status=$?
		[ "$status" -eq 2 ]
		grep -q "^$filter: <stdout>: " err
	done
}

@test "a bad option prints the synopsis of the manual page" {
	for filter in $FILTERS; do
		gives 2 "$filter" '-?'
		mandoc -T utf8 "$ROOT/man/$filter.1" | col -bx |
			sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | sed '1d;$d' |
			tr -s ' \n' ' ' | sed 's/^ /usage: /; s/ $/\n/' >want
		sed -n '/^usage/,$p' err | tr -s ' \n' ' ' | sed 's/ $/\n/' >found
		same want found
		same /dev/null out
		gives 2 "$filter" -m
	done
}

@test "a folder, or a file that is not there: the others are still read" {
	others >in
	echo '{"type":"last"}' >last
	for filter in $FILTERS; do
		gives 2 "$filter" in . nowhere last
		{
			cat in && echo
			echo '{"type":"refused","source":".","line":0,"error":"Is a directory","record":""}'
			echo '{"type":"refused","source":"nowhere","line":0,"error":"No such file or directory","record":""}'
			cat last
		} >want
		same want out
		printf "$filter: %s\n" '.: Is a directory' 'nowhere: No such file or directory' >want
		same want err
	done
}

@test "a file that may not be read" {
	local as=()
	# Root may read every file: run as nobody then.
	[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
	: >secret && chmod 0 secret
	chmod a+x .
	for filter in $FILTERS; do
		cp "$BIN/$filter" .
		gives 2 "${as[@]}" "./$filter" secret
		says "$filter: secret: Permission denied"
	done
}

@test "standard input is - or no operand, in the order given" {
	for n in 1 2 3; do echo "{\"type\":\"$n\"}" >"$n"; done
	for filter in $FILTERS; do
		"$filter" 1 - 3 <2 | same <(cat 1 2 3) -
		"$filter" - 3 1 <2 | same <(cat 2 3 1) -
		"$filter" -- - <2 | same 2 -
		(cd / && "$filter") <2 | same 2 -
	done
}

@test "empty input, empty output" {
	for filter in $METHOD_FILTERS; do
		quietly "$filter" </dev/null
		same /dev/null out
		quietly "$filter" /dev/null /dev/null
		same /dev/null out
	done
}

@test "a pipe that is closed early is quiet" {
	big >in
	for filter in $FILTERS; do
		"$filter" in 2>err | head -n 1 >out || true
		same /dev/null err
		same <(head -n 1 in) out
		(trap '' PIPE && "$filter" in 2>err) | head -n 1 >out || true
		same /dev/null err
	done
}

@test "no final newline: the last record counts" {
	for filter in asset-value threat-rate vuln-rate; do
		own "$filter" >in
		"$filter" in >want
		printf %s "$(cat in)" >cut
		quietly "$filter" cut
		jq -cS . want | same - <(jq -cS . out)
		[ "$(tail -c 1 out | od -An -tx1)" = ' 0a' ]
	done
}

@test "rating twice is rating once" {
	intake "$ROOT/samples/dispatch-2025"/*.csv >0
	for filter in asset-value threat-rate vuln-rate; do
		quietly "$filter" 0
		mv out 1
		quietly "$filter" 1
		same 1 out
	done
}

@test "a level that is there and is another is refused" {
	{ own asset-value && own threat-rate && own vuln-rate; } | rated >in
	sed -i 's/_level":[0-9]/_level":1/' in
	for filter in asset-value threat-rate vuln-rate; do
		gives 1 "$filter" in
		grep -q "^$filter: in:[123]: .*_level: 1 stands here already, and it comes to another$" err
		[ "$(grep -c '"type":"refused"' out)" -eq 1 ]
	done
}

@test "risks, treatments and residual risks are not written twice" {
	intake "$ROOT/samples/dispatch-2025"/*.csv | assessed >in
	gives 1 risk-calc in
	says "risk-calc: in:$(grep -n '"type":"risk"' in | head -n 1 | cut -d : -f 1): risks are computed here, and one is there"
	without '{"type":"risk"' <(grep -v '"asset_level"' out)
	[ "$(grep -c '^{"type":"risk"' out)" -eq "$(grep -c '^{"type":"risk"' in)" ]
	gives 1 treat in
	grep -q ': treatments are written here, and one is there$' err
	gives 1 residual in
	grep -q ': residual risks are written here, and one is there$' err
}

@test "a line of 10 MB is refused with its place, the rest goes on" {
	{
		echo '{"type":"first"}'
		printf '{"type":"note","x":"' && head -c 10000000 /dev/zero | tr '\0' x && echo '"}'
		echo '{"type":"last"}'
	} >in
	for filter in $FILTERS; do
		gives 1 "$filter" in
		says "$filter: in:2: the line is longer than 8 MiB"
		[ "$(wc -l <err)" -eq 1 ]
		sed -n 1p out | same <(echo '{"type":"first"}') -
		sed -n '3,$p' out | same <(echo '{"type":"last"}') -
		sed -n 2p out | jq -e '.source == "in" and .line == 2 and .bytes == 10000022 and
			(.record | length) == 65536 and (.record | startswith("{\"type\":\"note\",\"x\":\"xxx"))'
	done
}

@test "a line of 8 MB passes" {
	{ printf '{"type":"note","x":"' && head -c 8000000 /dev/zero | tr '\0' x && echo '"}'; } >in
	for filter in $FILTERS; do
		quietly "$filter" in
		cmp in out
	done
}

@test "a byte order mark before JSON Lines" {
	for filter in asset-value threat-rate vuln-rate; do
		{ printf '\357\273\277' && own "$filter"; } >in
		quietly "$filter" in
		own "$filter" | "$filter" | same - out
	done
	printf '\357\273\277{"type":"note"}\n' | intake | same <(echo '{"type":"note"}') -
}

@test "no locale, no time zone, no environment in the output" {
	intake "$ROOT/samples/dispatch-2025"/*.csv | assessed >want
	for env in LC_ALL=C LC_ALL=zh_CN.GB18030 LC_ALL=tr_TR.UTF-8 TZ=Asia/Shanghai; do
		env "$env" bash -c 'intake "$ROOT"/samples/dispatch-2025/*.csv | asset-value |
			threat-rate | vuln-rate | risk-calc | treat | residual' >out
		same want out
	done
}
