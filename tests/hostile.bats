# Hostile text in every text field of every type, through every document.

load helper

DOCUMENTS='assessment plan residual assets service incidents compare'

# One stream to all its documents; groff is watched.
# shellcheck disable=SC2030,SC2031
through() {
	local n=$1 language=zh stage file
	[ $((n % 2)) -eq 0 ] || language=en
	for file in $n.before $n; do
		cp $file.jsonl 0
		for stage in asset-value threat-rate vuln-rate 'risk-calc -x' treat residual; do
			$stage 0 >1 2>>$n.err || return
			mv 1 0
		done
		mv 0 $file.done
	done
	"$PYTHON" "$TESTS/hostile.py" spoil "$n" $n.done >$n.spoilt
	risk-diff $n.before.done $n.done >changes.jsonl 2>>$n.err || return
	risk-lint $n.spoilt >$n.txt 2>>$n.err || [ $? -eq 1 ]
	risk-diff $n.before.done $n.spoilt >/dev/null 2>>$n.err || [ $? -eq 1 ]
	sign-off -R -c "$(tail -n 1 $n.spoilt)" -d plan -n "$(tail -n 2 $n.spoilt)" -r security-team $n.spoilt >/dev/null 2>>$n.err || true
	for document in $DOCUMENTS; do
		for form in ${FORMS:-md html ms}; do
			report -f $form -l $language "$document" $n.spoilt changes.jsonl >"$n-$document.$form" 2>>$n.err || [ $? -eq 1 ]
		done
		[ -z "${FORMS:-}" ] || continue
		strace -f -qq -e trace=execve,open,openat,creat,unlink,rename,connect -o "$n-$document.trace" \
			report -f pdf -l $language "$document" $n.spoilt changes.jsonl >"$n-$document.pdf" 2>>$n.err || [ $? -eq 1 ]
	done
}

setup_file() {
	setup
	cd "$BATS_FILE_TMPDIR" || return
	"$PYTHON" "$TESTS/hostile.py" make .
	echo secret-of-another-file >secret
	export -f through
	export DOCUMENTS
	# Each in a folder of its own, two at a time.
	# shellcheck disable=SC2016
	ls -1 [0-9].jsonl | cut -d . -f 1 | xargs -P 2 -I{} bash -c 'mkdir {} tmp{} && cp secret {} && mv {}.jsonl {}.before.jsonl {} && cd {} &&
		TMPDIR=$PWD/../tmp{} through {} || echo "the programs failed on {}"' >failed 2>&1
	# The tags of a document where nobody means harm.
	mkdir harmless
	HARMLESS=1 "$PYTHON" "$TESTS/hostile.py" make harmless
	cd harmless || return
	for n in 0 1 2 3 4 5 6; do
		FORMS=html HARMLESS=1 through "$n" || echo "the programs failed on harmless $n" >>../failed
	done
}

@test "every document, HTML page and PDF is made, and all text is text" {
	cd "$BATS_FILE_TMPDIR"
	same /dev/null failed
	mkdir all
	for n in [0-9]; do
		cp $n/*.md $n/*.html $n/*.ms $n/*.pdf $n/*.err $n/*.txt all
	done
	"$PYTHON" "$TESTS/hostile.py" read all harmless
	find all -name '*.pdf' | while read -r name; do
		pdftotext "$name" -
	done >words
	[ "$(wc -c <words)" -gt 100000 ]
	without secret-of-another-file words
}

# bats test_tags=plain
@test "groff opens no file and runs no program but its own" {
	cd "$BATS_FILE_TMPDIR"
	for n in [0-9]; do
		"$PYTHON" "$TESTS/hostile.py" trace $n
	done
	find . -name made | same /dev/null -
	find tmp* -mindepth 1 | same /dev/null -
}

@test "a browser that opens the pages runs nothing and asks for nothing" {
	command -v chromium || skip 'skipped: no chromium'
	cd "$BATS_FILE_TMPDIR"
	"$PYTHON" "$TESTS/hostile.py" see [0-9]/*.html
}

@test "a file of a hostile name: in messages, one line each, it steers nothing" {
	name=$'a\e[31m\nb\xc2\x9b\u202e\u2066\xff'
	mkdir "$name"
	printf '%s\n' '{"type":"asset"}' >"$name.jsonl"
	printf 'no,heading\n1,2\n' >"$name.csv"
	printf '{{#a}}' >"$name.md"
	echo '{' >"$name.json"
	seen() {
		local found=0
		"$@" >out 2>err </dev/null || found=$?
		[ "$found" -ge 1 ]
		[ "$(wc -l <err)" -le 5 ]
		grep -F 'a\x1b[31m\x0ab\u009b\u202e\u2066\xff' err || return 1
		LC_ALL=C grep -aE $'[\x01-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]' err && return 1
		while read -r line; do
			case $line in
			"$(basename "$1"): "*) ;;
			*) return 1 ;;
			esac
		done <err
	}
	for program in intake asset-value threat-rate vuln-rate risk-calc treat residual risk-lint; do
		for operand in "$name" "$name.csv" "nowhere $name"; do
			seen $program "$operand"
		done
		[ $program = intake ] || seen $program -m "./$name.json"
	done
	seen intake "$name.jsonl"
	seen intake -f "./$name.json" "$name.csv"
	seen risk-diff "$name" "$name"
	seen risk-diff "nowhere $name" "$name"
	seen md-pdf "$name"
	seen md-pdf "nowhere $name"
	seen report assets "$name.jsonl"
	seen report -T "./$name.md" assets
	gives 2 report "$name" </dev/null
	sed -n 1p err | same <(echo 'report: a\x1b[31m\x0ab\u009b\u202e\u2066\xff: no such document; there are') -
	seen report -a "$name" assets
	seen sign-off -d "$name" -n n -r security-team
	TMPDIR="/nowhere/$name" seen md-pdf /dev/null
}
