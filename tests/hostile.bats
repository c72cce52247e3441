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
