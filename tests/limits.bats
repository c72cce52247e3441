# Input of a size that nobody means: little memory, little time, and a message
# that says which limit, and where.

load helper

# within SECONDS MIB STATUS COMMAND...: its output in out, its messages in err.
within() {
	local seconds=$1 mib=$2 wanted=$3
	shift 3
	# What the sanitizers need is not counted.
	is_plain || seconds=999 mib=99999
	gives "$wanted" "$PYTHON" "$TESTS/elements.py" within "$seconds" "$mib" "$@"
}

gigabyte() {
	head -c 1G /dev/zero | tr '\0' "$1" || true # read to its end or not
}

@test "a line of 1 GB" {
	for command in "${FILTERS// /$'\n'}" 'intake -t asset' 'report assets' risk-lint 'sign-off -R -c c -d plan -n n -r security-team'; do
		while read -r program; do
			# shellcheck disable=SC2086
			gigabyte x | within 20 40 1 $program
			says "${program%% *}: <stdin>:1: the line is longer than 8 MiB" ||
				says "${program%% *}: <stdin>:1: the row is longer than 8 MiB"
			[ "$(wc -c <err)" -lt 1000 ]
			[ "$(wc -c <out)" -lt 200000 ]
		done <<<"$command"
	done
	intake "$ROOT"/samples/dispatch-2025/*.csv | rated | risk-calc >some
	gigabyte x | { cat some && cat; } | within 20 60 1 risk-diff some -
	says "risk-diff: <stdin>:$(($(wc -l <some) + 1)): the line is longer than 8 MiB"
}

@test "a file of 1 GB that is read as a whole" {
	for form in html ms pdf; do
		gigabyte x | within 20 200 2 md-pdf -f $form
		says 'md-pdf: <stdin>: longer than 64 MiB'
		same /dev/null out
	done
	mkfifo pipe
	for command in 'asset-value -m ./pipe' 'risk-lint -m ./pipe' 'intake -f ./pipe' 'report -T ./pipe assets'; do
		gigabyte 1 2>/dev/null >pipe &
		# shellcheck disable=SC2086
		within 20 40 2 $command /dev/null
		grep -xE "${command%% *}: \./pipe: longer than 8 MiB" err
		same /dev/null out
		wait || true
	done
	{ printf '[' && gigabyte ' '; } | within 30 600 1 intake -f trivy
	says 'intake: <stdin>: JSON longer than 256 MiB'
	{ printf '<?xml version="1.0"?><NessusClientData_v2><a>' && gigabyte x; } | within 30 60 1 intake
	grep -F 'longer than 8 MiB' err
	{ printf '<?xml version="1.0"?><NessusClientData_v2 a="' && gigabyte x; } | within 30 60 1 intake
	grep -F 'longer than 8 MiB' err
}

# bats test_tags=plain
@test "a document that report would have to set is as long as one that it may" {
	seq 400000 | sed 's/.*/{"type":"asset"}/' >in
	within 60 2500 2 report -f html assets in
	says 'report: assets: longer than 64 MiB of Markdown'
	same /dev/null out
}

@test "an object with 600,000 keys" {
	{
		printf '{"type":"asset","id":"A","name":"n","confidentiality":1,"integrity":1,"availability":1'
		seq 600000 | sed 's/.*/,"k&":1/' | tr -d '\n'
		echo '}'
	} >in
	for program in $FILTERS risk-lint; do
		status=0
		[ $program != risk-lint ] || status=1
		within 10 400 $status $program in
	done
	within 10 400 0 report assets in
	# And with as many that are one.
	{ printf '{"type":"note"' && seq 600000 | sed 's/.*/,"k":1/' | tr -d '\n' && echo '}'; } >in
	within 10 400 1 asset-value in
	says 'asset-value: in:1: not JSON: duplicate object key near '"'"'"k"'"'"
}

@test "a million keys are a line too long" {
	{ printf '{"type":"note"' && seq 1000000 | sed 's/.*/,"key&":1/' | tr -d '\n' && echo '}'; } >in
	for program in $FILTERS; do
		within 5 60 1 $program in
		says "$program: in:1: the line is longer than 8 MiB"
	done
}

@test "nested 100,000 deep: records, methods, maps, scans, Markdown" {
	nest() {
		printf "%$2s" '' | sed "s/ /$1/g"
	}
	{ printf '{"type":"note","a":' && nest '{"a":' 100000 && echo; } >in
	for program in $FILTERS risk-lint 'report assets'; do
		# shellcheck disable=SC2086
		within 5 60 1 $program in
		grep -F 'in:1: not JSON: maximum parsing depth reached' err
	done
	nest '[' 100000 >deep.json
	within 5 60 2 asset-value -m ./deep.json in
	says 'asset-value: method ./deep.json: line 1: maximum parsing depth reached near '"'['"
	within 5 60 2 intake -f ./deep.json in
	grep -F 'maximum parsing depth reached' err
	within 5 60 1 intake -f trivy deep.json
	says 'intake: deep.json:1: not JSON: maximum parsing depth reached near '"'['"
	nest '<a>' 100000 >deep.xml
	sed -i 's/^/<NessusClientData_v2>/' deep.xml
	within 5 60 1 intake deep.xml
	grep -F 'elements nested deeper than 200' err
	for mark in '>' '\[' '*' '_' '- ' '1. ' '![' '<b>' '\\' '`'; do
		nest "$mark" 100000 >deep.md
		within 20 300 0 md-pdf -f html deep.md
		within 20 300 0 md-pdf -f ms deep.md
	done
}

@test "100,000 refusals" {
	seq 100000 | sed 's/.*/{"type":"asset"}/' >in
	for program in $FILTERS; do
		case $program in
		intake | asset-value | risk-calc) within 20 40 1 $program in ;;
		*) within 20 40 0 $program in && continue ;;
		esac
		[ "$(grep -c '^{"type":"refused"' out)" -eq 100000 ]
		[ "$(wc -l <out)" -eq 100000 ]
		grep -q "^$program: in:100000: id: missing$" err
	done
	within 20 60 1 risk-lint in
	within 30 600 1 report assets in
	[ "$(grep -c '^| in | ' out)" -eq 100000 ]
}

@test "an id of 1 MB is refused in few words" {
	long=$(head -c 1000000 /dev/zero | tr '\0' x)
	printf '{"type":"%s","id":"%s"}\n' asset "$long" threat "$long" vulnerability "$long" incident "$long" >in
	printf '{"type":"exposure","asset":"%s","threat":"T","frequency":1}\n{"type":"decision","risk":"A/T/%s","option":"retain"}\n{"type":"%s"}\n' "$long" "$long" "$long" >>in
	within 5 60 1 intake in
	[ "$(grep -c ': 1000000 characters, 200 are allowed$' err)" -ge 5 ]
	[ "$(wc -c <err)" -lt 10000 ]
	for program in asset-value risk-calc 'report assets' risk-lint; do
		# shellcheck disable=SC2086
		within 5 100 1 $program in
		[ "$(wc -c <err)" -lt 10000 ]
	done
}

@test "a template that includes itself" {
	mkdir -p own/zh
	for text in '{{>assets}}' 'x {{>assets}} {{>assets}}' '{{#assets}}{{>assets}}{{/assets}}' '{{>other}}'; do
		echo "$text" >own/zh/assets.md
		echo '{{>assets}}' >own/zh/other.md
		echo '{"type":"asset","id":"A","name":"n","confidentiality":1,"integrity":1,"availability":1,"value":1.0,"value_level":1}' >in
		within 5 60 2 report -T own assets in
		grep -E '^report: template [a-z]+: (a partial includes itself without end|sections too deep)$' err
		same /dev/null out
	done
	# Not of itself, but a hundred deep.
	printf '{{#a}}%.0s' {1..200} >deep.md
	within 5 60 2 report -T ./deep.md assets in
	grep -F 'sections too deep' err
}

@test "a method with a matrix of 10,000 by 10,000, or of as much as a method may have" {
	matrix() {
		"$PYTHON" -c 'import json, sys
m = json.load(open(sys.argv[1]))
n = int(sys.argv[2])
before, behind = json.dumps({**m, "likelihood": {**m["likelihood"], "matrix": "HERE"}}).split("\"HERE\"")
row = "[" + ",".join("1" * n) + "]"
sys.stdout.write(before + "[" + row)
for _ in range(n - 1):
    sys.stdout.write("," + row)
sys.stdout.write("]" + behind)' "$ROOT/schemas/methods/gbt20984-matrix.json" "$1" 2>/dev/null
	}
	mkfifo pipe.json
	matrix 10000 >pipe.json &
	within 10 60 2 asset-value -m ./pipe.json /dev/null
	says 'asset-value: ./pipe.json: longer than 8 MiB'
	wait || true
	matrix 2000 >m.json
	within 10 400 2 asset-value -m ./m.json /dev/null
	grep -E '^asset-value: method \./m\.json: .*matrix' err
	[ "$(wc -c <err)" -lt 1000 ]
}

@test "a heading of 200,000 columns, and a row of as many cells" {
	{ printf '资产编号,资产名称' && seq 200000 | sed 's/^/,h/' | tr -d '\n' && echo && seq 200002 | tr '\n' , && echo; } >in.csv
	within 10 400 1 intake in.csv
	[ "$(wc -c <err)" -lt 10000 ]
	{ head -n 1 "$ROOT/samples/dispatch-2025/10-assets.csv" && seq 200000 | tr '\n' , && echo; } >in.csv
	within 10 400 1 intake in.csv
	grep '^intake: in.csv:2: ' err
}

# risks N: as many, of an asset and a threat.
risks() {
	{
		echo '{"type":"asset","id":"A","name":"n","confidentiality":1,"integrity":1,"availability":1}'
		echo '{"type":"threat","id":"T","name":"n","frequency":1}'
		seq "$1" | sed 's/.*/{"type":"vulnerability","id":"V&","name":"n","asset":"A","threats":["T"],"severity":1}/'
	} | rated | risk-calc
}

@test "an approval lists 20,000 records, and says where it lists none" {
	risks 9999 >in
	within 20 100 0 sign-off -d assessment -n n -r security-lead in
	same /dev/null err
	[ "$(jq '.parts | length' out)" -eq 20000 ]
	risks 10000 >in
	within 20 100 0 sign-off -d assessment -n n -r security-lead in
	says 'sign-off: more than 20000 records: it can be told that the document changed, not where'
	jq -e 'has("parts") | not' out
}

@test "risk-diff knows 256 methods, its own among them" {
	risks 256 | jq -c 'if .type == "risk" then .method = "m@\(10000000 + input_line_number)" else . end' >many
	grep -v 'V256"' many >some
	[ "$(jq -r '.method // empty' some | sort -u | wc -l)" -eq 255 ]
	within 20 100 0 risk-diff -f some some
	within 20 100 2 risk-diff -f many many
	says 'risk-diff: more than 256 methods'
}

@test "what nests 2048 deep passes, deeper it is refused" {
	nest() {
		printf '{"type":"asset","id":"A","name":"n","confidentiality":1,"integrity":1,"availability":1,"x":'
		printf "%$1s" '' | sed 's/ /[/g'
		printf "%$1s" '' | sed 's/ /]/g'
		echo '}'
	}
	nest 2047 >in # and the record
	for program in $FILTERS; do
		within 5 60 0 "$program" in
	done
	nest 2048 >in
	within 5 60 1 asset-value in
	grep -F 'in:1: not JSON: maximum parsing depth reached' err
}
