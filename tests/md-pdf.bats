# What md-pdf and report -f pdf make, read back by other programs.

load helper

DOCUMENTS='assessment plan residual assets service incidents'

# The documents of both years in both languages, YEAR-LANGUAGE-DOCUMENT.md.
setup_file() {
	local year language document
	setup
	cd "$BATS_FILE_TMPDIR" || return
	for year in 2024 2025; do
		intake "$ROOT"/samples/dispatch-$year/*.csv | assessed >$year.jsonl
		for language in zh en; do
			for document in $DOCUMENTS; do
				report -l $language "$document" $year.jsonl >$year-$language-"$document".md
			done
		done
	done
	# Two at a time; what is said of them, the first test reads.
	# shellcheck disable=SC2016
	printf '%s\n' ./*.md | xargs -P 2 -I{} bash -c '
		name=$(basename {} .md)
		md-pdf -l "$(cut -d - -f 2 <<<"$name")" {} >"$name.pdf" 2>"$name.err"' || true
}

documents() {
	cp "$BATS_FILE_TMPDIR"/20* .
}

# reads LANGUAGE NAME.md...: what the reader finds wrong.
reads() {
	"$PYTHON" "$TESTS/pdf.py" document "$@"
}

# A document that takes seconds.
big() {
	for i in $(seq 4000); do
		printf '第%s段，这里有一些文字，还有 some words。\n\n' "$i"
	done
}

# info KEY FILE: a fact that pdfinfo tells.
info() {
	TZ=UTC pdfinfo -isodates "$2" | sed -n "s/^$1: *//p"
}

@test "the documents of both years, both languages: all the words, in order, in their places" {
	documents
	cat ./*.err | same /dev/null -
	[ "$(find . -name '*-*-*.md' | wc -l)" -eq 24 ]
	export -f reads
	# shellcheck disable=SC2016
	printf '%s\n' zh en | xargs -P 2 -I{} bash -c 'reads {} *-{}-*.md >read-{} || echo {}' >bad
	cat read-*
	same /dev/null bad
}

@test "what is lost, added, changed or moved is seen" {
	documents
	cp 2025-zh-residual.md x.md
	cp 2025-zh-residual.pdf x.pdf
	reads zh x.md
	spoil() {
		sed "$2" 2025-zh-residual.md >x.md
		cmp -s x.md 2025-zh-residual.md && {
			echo "changes nothing: $1"
			return 1
		}
		reads zh x.md >found && {
			echo "not seen: $1"
			return 1
		}
		grep -q "$3" found && return
		echo "$1:"
		cat found
		return 1
	}
	spoil 'a sentence more' 's/^残余.*\|^处理后的.*\|^本报告.*/&多一句。/;/^## 1 /a\\n多一句。' '多一句'
	spoil 'a sentence less' '0,/^本文件的编制/{/^本文件的编制/d};/^## 2 /,/^## 3 /{/^[^#|]/d}' 'stands\|more than'
	spoil 'a heading of another level' 's/^### 3\.1/## 3.1/' 'bookmarks'
	spoil 'a row less' '0,/^| 1 |/{/^| 1 |/d}' 'stands\|not there'
	spoil 'cells changed' '0,/^| 2 | \([^|]*\) | \([^|]*\) |/s//| 2 | \2 | \1 |/' 'run into\|stands\|not there'
	spoil 'a fact changed' 's/^| 版本 | .*/| 版本 | V9.9 |/' 'V9.9'
	spoil 'a heading changed' 's/^## 1 .*/## 1 别的/' '别的'
	spoil 'nothing at the end' '$d' 'more than'
	# A line that begins or ends with what no line may; cells that run into each other.
	cat >ms.py <<-'END'
	import sys
	sys.path.insert(0, sys.argv[1])
	import pdf
	word = lambda text, x, y, page=1: pdf.Word(text, page, x, y, x + 10 * len(text), y + 10)
	page = lambda *words: [pdf.Page(595.28, 841.89, list(words), "", "第1页共1页")]
	def faults(blocks, *words):
	    found = page(*words)
	    match = pdf.Match(found, "x", "zh")
	    for b in blocks:
	        match.table(b) if isinstance(b, pdf.Table) else match.block(b)
	    match.rest()
	    return match.faults + pdf.layout(found, "x")
	text, table = pdf.Text("甲乙，丙"), pdf.Table([["头", "尾"], ["左", "右"]])
	heads = [word("头", 100, 100), word("尾", 200, 100)]
	assert not faults([text], word("甲乙，", 100, 100), word("丙", 100, 120))
	assert faults([text], word("甲乙", 100, 100), word("，丙", 100, 120))
	assert faults([pdf.Text("甲（乙")], word("甲（", 100, 100), word("乙", 100, 120))
	assert not faults([table], *heads, word("左", 100, 120), word("右", 200, 120))
	assert faults([table], *heads, word("左", 205, 120), word("右", 200, 140))
	assert faults([text], word("甲乙，", 30, 100), word("丙", 100, 120))
	assert faults([text], word("甲乙，", 510, 100), word("丙", 100, 120))
	assert faults([text], word("甲乙，", 100, 100), word("丙", 105, 103))
	assert faults([pdf.Text("one two")], word("onetwo", 100, 100))
	assert not faults([pdf.Text("one two")], word("one", 100, 100), word("two", 140, 100))
	END
	"$PYTHON" ms.py "$TESTS"
}

@test "fonts, title, dates, pages, structure" {
	documents
	for name in 2025-*.pdf 2024-zh-assessment.pdf; do
		md=${name%.pdf}.md
		pdffonts "$name" >fonts
		[ "$(sed -n '3,$p' fonts | wc -l)" -ge 3 ]
		# Name, type (two words), encoding, emb.
		sed -n '3,$p' fonts | awk '$(NF - 4) != "yes" { print; bad = 1 } END { exit bad }'
		qpdf --check "$name" >checked
		grep -q 'No syntax or stream encoding errors' checked
		[ "$(info Title "$name")" = "$(sed -n 's/^# //p' "$md" | head -n 1)" ]
		"$PYTHON" - "$md" "$name" <<-'END'
		import re, subprocess, sys
		facts = dict(re.findall(r"^\| (\S[^|]*?) \| (.*?) \|$", open(sys.argv[1]).read().split("\n## ")[0], re.M))
		info = dict(re.findall(r"^([^:]+): *(.*)$", subprocess.run(["pdfinfo", "-isodates", sys.argv[2]], env={"TZ": "UTC", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
		    stdout=subprocess.PIPE, check=True).stdout.decode(), re.M))
		first = lambda *names: next(facts[n] for n in names if n in facts)
		plain = lambda text: re.sub(r"\\(.)", r"\1", text)
		day = first("编制日期", "评估报告日期", "Date", "Assessment report date")
		wanted = {"Author": plain(first("组织", "Organisation")),
		    "Subject": plain(first("文件编号", "评估报告编号", "Document number", "Assessment report number")),
		    "CreationDate": day + "T00:00:00Z", "ModDate": day + "T00:00:00Z", "Encrypted": "no", "JavaScript": "no"}
		bad = {k: (v, info.get(k)) for k, v in wanted.items() if info.get(k) != v}
		assert not bad, bad
		assert int(info["Pages"]) > 3 and info["Page size"].startswith("595.28 x 841.89 pts (A4)"), info
		END
	done
}

@test "the same text makes the same bytes, by day, place and language of the system" {
	documents
	cp 2025-zh-plan.md a.md
	cp 2025-zh-plan.pdf 1.pdf
	TZ=Asia/Shanghai LC_ALL=zh_CN.GB18030 GROFF_TYPESETTER=ascii GROFF_ENCODING=latin1 HOME=/nonexistent md-pdf a.md >2.pdf
	same 1.pdf 2.pdf
	mkdir other tmp
	(cd other && TMPDIR=../tmp env -u LC_ALL -u LANG md-pdf <../a.md) >2.pdf
	same 1.pdf 2.pdf
	report -f pdf plan 2025.jsonl >2.pdf
	same 1.pdf 2.pdf
	SOURCE_DATE_EPOCH=1700000000 md-pdf a.md >2.pdf
	[ "$(info CreationDate 2.pdf)" = 2023-11-14T22:13:20Z ]
	cmp -s 1.pdf 2.pdf && return 1
	SOURCE_DATE_EPOCH=1700000000 report -f pdf plan 2025.jsonl >3.pdf
	same 2.pdf 3.pdf
	SOURCE_DATE_EPOCH='' md-pdf a.md >2.pdf
	same 1.pdf 2.pdf
	# Without a day on a cover: still the same each time.
	echo x >b.md
	md-pdf b.md >1.pdf
	sleep 1.1
	md-pdf b.md >2.pdf
	same 1.pdf 2.pdf
	[ "$(info CreationDate 1.pdf)" = 1980-01-01T00:00:00Z ]
}

@test "report -f makes what md-pdf makes of its Markdown" {
	documents
	for form in html ms pdf; do
		for language in zh en; do
			quietly report -f $form -l $language assets 2024.jsonl
			mv out wanted
			quietly md-pdf -f $form -l $language 2024-$language-assets.md
			same wanted out
			quietly md-pdf -f $form -l $language <2024-$language-assets.md
			same wanted out
			quietly md-pdf -f $form -l $language - <2024-$language-assets.md
			same wanted out
		done
	done
	quietly report -f md assets 2024.jsonl
	same 2024-zh-assets.md out
	gives 2 report -f odt assets 2024.jsonl
}

@test "the folder for the fonts is empty behind it, and groff is gone, whatever happens" {
	mkdir tmp
	export TMPDIR=$PWD/tmp
	empty() {
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			[ -n "$(ls -A tmp)" ] || pgrep -f "$TMPDIR" >/dev/null || return 0
			sleep 0.2
		done
		ls -A tmp
		pgrep -af "$TMPDIR"
		return 1
	}
	echo '# 中文' >small.md
	quietly md-pdf small.md
	empty
	printf 'x\n\n\340\264\206\n' >ml.md
	gives 2 md-pdf ml.md
	says "md-pdf: ml.md:3: no font can set U+0D06, 'ആ'"
	[ "$(wc -l <err)" -eq 1 ]
	same /dev/null out
	empty
	quietly md-pdf -u ml.md
	empty
	status=0
	md-pdf small.md >/dev/full 2>err || status=$?
	[ "$status" -eq 2 ]
	empty
	big >big.md
	for signal in TERM INT HUP; do
		for pause in 0 0.3; do
			env --default-signal="$signal" md-pdf big.md >out 2>err &
			pid=$!
			for _ in $(seq 200); do
				[ -z "$(ls -A tmp)" ] || break
				sleep 0.02
			done
			[ -n "$(ls -A tmp)" ]
			sleep "$pause"
			kill -s "$signal" "$pid"
			status=0
			wait "$pid" || status=$?
			[ "$status" -eq $((128 + $(kill -l "$signal"))) ]
			same /dev/null out
			same /dev/null err
			empty
		done
	done
	# A reader that goes away.
	md-pdf big.md | head -c 10 >out || true
	empty
}

# bats test_tags=corpora,plain
@test "the examples of the CommonMark specification" {
	corpora markdown
	"$PYTHON" "$TESTS/pdf-spec.py" "$CORPORA/markdown/spec_examples.json"
}

# bats test_tags=corpora
@test "every name of the list of naughty strings" {
	corpora strings
	"$PYTHON" "$TESTS/pdf-blns.py" "$CORPORA/strings/blns.txt"
}

@test "hostile Markdown is a whole document or a clear error" {
	"$PYTHON" "$TESTS/pdf-hostile.py"
}

@test "a table over many pages repeats its heading row, a wide one lies on its side" {
	{
		printf '| 编号 | 内容 |\n|---|---|\n'
		for i in $(seq 120); do echo "| 第$i行 | 内容$i |"; done
		printf '\n中间\n\n'
		for i in 甲 乙 丙 丁 戊 己 庚 辛 壬 癸 子 丑; do printf '| %s列 ' $i; done
		printf '|\n|---|---|---|---|---|---|---|---|---|---|---|---|\n'
		for i in $(seq 60); do
			for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do printf '| 这一格%s：2026-01-26 ' "$i"; done
			printf '|\n'
		done
		printf '\n末尾\n'
	} >x.md
	quietly md-pdf x.md
	mv out x.pdf
	reads zh x.md
	n=$(info Pages x.pdf)
	for page in $(seq "$n"); do
		pdftotext -f "$page" -l "$page" -layout x.pdf - >"page$page"
	done
	grep -l '第[0-9]*行' page* | wc -l | grep -vx '[012]'
	for page in $(grep -l '第[0-9]*行' page*); do
		[ "$(grep -c '编号 *内容' "$page")" -eq 1 ]
		[ "$(grep -n '编号 *内容' "$page" | cut -d : -f 1)" -lt "$(grep -n '第[0-9]*行' "$page" | head -n 1 | cut -d : -f 1)" ]
	done
	for page in $(grep -l '这一格' page*); do
		grep -q 甲列 "$page"
	done
	# The boxes of the pages, as qpdf has them.
	qpdf --json --json-key=pages --json-key=qpdf x.pdf >x.json
	jq -r '.qpdf[1] as $o | .pages[] | $o["obj:" + .object].value | (.["/MediaBox"] // $o["obj:" + .["/Parent"]].value["/MediaBox"]) | map(tostring) | join(" ")' x.json >boxes
	[ "$(wc -l <boxes)" -eq "$n" ]
	for page in $(seq "$n"); do
		wanted='0 0 595.28 841.89'
		[ "$(grep -c 这一格 "page$page")" -eq 0 ] || wanted='0 0 841.89 595.28'
		[ "$(sed -n "${page}p" boxes)" = "$wanted" ]
	done
	grep -c '^0 0 841.89' boxes
}

@test "an id in a table is broken behind its signs, an address in it at its slashes" {
	ids='FW-06/T15/V076 SERVER-SHANGHAI-DISPATCH-CENTER-01/T15 SRV-DISPATCH-01/10.12.13.14/tcp-8443/CVE-2024-12345'
	{
		printf '| 编号 | 名称 | 说明 |\n|---|---|---|\n'
		for id in $ids; do
			printf "| $id |%s |%s |\n" "$(printf '弱口令没有修改%.0s' $(seq 9))" "$(printf '所有人都知道%.0s' $(seq 9))"
		done
	} >x.md
	quietly md-pdf x.md
	pdftotext -layout out - | sed 's/ .*//' | grep '^[A-Z0-9a-z]' >lines
	same <(tr -d '\n' <lines) <(printf '%s' $ids)
	[ "$(wc -l <lines)" -gt 3 ]
	grep -F 10.12.13.14 lines
	grep '[^/-]$' lines >ends
	same <(printf '%s\n' $ids | sed 's/.*[/-]//') <(sed 's/.*[/-]//' ends)
}

@test "md-pdf: usage, files that are not there, a full disk" {
	for bad in -x '-f' 'a b'; do
		# shellcheck disable=SC2086
		gives 2 md-pdf $bad
		tail -n 1 err | same <(echo 'usage: md-pdf [-u] [-f ms|html|pdf] [-l zh|en] [file]') -
		same /dev/null out
	done
	gives 2 md-pdf -f md
	says 'md-pdf: md: none of html, ms, pdf'
	gives 2 md-pdf -f odt
	says 'md-pdf: odt: none of html, ms, pdf'
	gives 2 md-pdf -l de
	says 'md-pdf: de: neither zh nor en'
	gives 2 md-pdf '-?'
	mandoc -T utf8 "$ROOT/man/md-pdf.1" | col -bx | sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | sed '1d;$d' |
		tr -s ' \n' ' ' | sed 's/^ /usage: /; s/ $/\n/' >want
	sed -n '/^usage/,$p' err | tr -s ' \n' ' ' | sed 's/ $/\n/' >found
	same want found
	gives 2 md-pdf nowhere.md
	says 'md-pdf: nowhere.md: No such file or directory'
	gives 2 md-pdf .
	says 'md-pdf: .: Is a directory'
	echo '# 题' >x.md
	for form in pdf ms html; do
		for file in /dev/full; do
			status=0
			md-pdf -f $form x.md >"$file" 2>err || status=$?
			[ "$status" -eq 2 ]
			says 'md-pdf: <stdout>: No space left on device'
		done
		status=0
		md-pdf -f $form x.md >&- 2>err || status=$?
		[ "$status" -eq 2 ]
		grep -q '^md-pdf: <stdout>: ' err
	done
	printf 'a\n\377\n' >bad.md
	for form in pdf ms html; do
		gives 2 md-pdf -f $form bad.md
		says 'md-pdf: bad.md:2: not UTF-8'
		gives 2 md-pdf -f $form <bad.md
		says 'md-pdf: <stdin>:2: not UTF-8'
	done
}

@test "without groff, without a place for the fonts" {
	echo '# 题' >x.md
	mkdir empty tmp
	export TMPDIR=$PWD/tmp
	gives 2 env PATH="$PWD/empty" "$BIN/md-pdf" x.md
	says 'md-pdf: groff: No such file or directory'
	same /dev/null out
	for form in ms html; do
		quietly env PATH="$PWD/empty" "$BIN/md-pdf" -f $form x.md
	done
	gives 2 env TMPDIR=/nonexistent md-pdf x.md
	grep -qx 'md-pdf: /nonexistent/riskline-[^ ]*: No such file or directory' err
	gives 2 env TMPDIR=/proc md-pdf x.md
	grep -q '^md-pdf: /proc/riskline-' err
	quietly env TMPDIR='' md-pdf x.md
	TMPDIR="$PWD/a folder's \"name\"" && mkdir "$TMPDIR"
	quietly md-pdf x.md
	[ -z "$(ls -A "$TMPDIR")" ]
}

# groff_is TEXT: what stands for groff.
groff_is() {
	mkdir -p fake
	printf '#!/bin/bash\n%s\n' "$1" >fake/groff
	chmod +x fake/groff
}

@test "a groff that fails is an error" {
	echo '# 题' >x.md
	mkdir tmp
	export TMPDIR=$PWD/tmp
	big >big.md
	for text in 'exit 3' 'cat >/dev/null; exit 3' 'cat >/dev/null; echo %PDF-1.4; exit 1' 'cat >/dev/null' 'exec <&-; sleep 0.1' \
	    'cat >/dev/null; kill -SEGV $$' 'cat >/dev/null; echo groff: warning: something >&2; echo %PDF'; do
		groff_is "$text"
		for file in x.md big.md; do
			gives 2 env PATH="$PWD/fake:$PATH" "$BIN/md-pdf" $file || {
				echo "where groff is: $text"
				return 1
			}
			same /dev/null out
			grep -q "^md-pdf: $file: \|^md-pdf: groff" err
			without 'status 768' err # 3, and not as wait(2) has it
			without 'status 256' err
			[ -z "$(ls -A tmp)" ]
		done
	done
}

@test "groff is not told to be unsafe" {
	echo '# 题' >x.md
	groff_is "printf '%s\n' \"\$@\" >>\"$PWD/told\"; exec $(command -v groff) \"\$@\""
	quietly env PATH="$PWD/fake:$PATH" "$BIN/md-pdf" x.md
	[ "$(head -c 5 out)" = '%PDF-' ]
	grep -qx -e -Tpdf told
	! grep -E '^-[a-zA-Z]*U' told || return 1
}

# words FILE: the words of a PDF, one space between.
words() {
	pdftotext -raw "$1" - | tr -s ' \n\f' ' '
}

@test "a per cent sign in title and number is one" {
	printf '%s\n' '# 100% safe' '' '<!-- cover -->' '| a | b |' '|---|---|' '| 文件编号 | A-9%-1 |' '| 密级 | 50% |' \
		'' '## x' '' 'y' >m.md
	quietly md-pdf m.md
	words out >words
	grep -F '100% safe' words
	grep -F 'A-9%-1 50%' words
	without 'A-91' words
}

@test "headings of code alone, and without text" {
	for heading in '# `code`' '#' '# <!-- x -->'; do
		printf '%s\n\ntext\n' "$heading" | quietly md-pdf
	done
}

@test "of several places for the contents the first is it" {
	printf '%s\n' '# t' '' '> <!-- contents -->' '' '<!-- contents -->' '' '## one' '' 'x' '' '<!-- contents -->' '' \
		'## two' '' 'y' | quietly md-pdf -l en
	words out >words
	[ "$(grep -o Contents words | wc -l)" -eq 1 ]
	grep -F 'Page 1 of 1' words
}

@test "the first of two covers is it, on the page and in the head" {
	printf '%s\n' '# t' '' '<!-- cover -->' '| a | b |' '|---|---|' '| 组织 | first |' '' '<!-- cover -->' '| c | d |' \
		'|---|---|' '| 组织 | second |' '' '## x' | quietly md-pdf
	[ "$(pdfinfo out | sed -n 's/^Author: *//p')" = first ]
	words out >words
	grep -F second words
}

@test "the groff of the user, and the parent's signals, change nothing" {
	printf '# t\n\nx\n' >m.md
	quietly md-pdf m.md
	mv out wanted
	mkdir home
	echo '.tm from home' >home/s.tmac
	HOME=$PWD/home GROFF_TMAC_PATH=$PWD/home GROFF_COMMAND_PREFIX=no- quietly md-pdf m.md
	same wanted out
	mkdir 'a:b'
	TMPDIR=$PWD/a:b quietly md-pdf m.md
	same wanted out
	quietly "$PYTHON" -c 'import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execvp("md-pdf", ["md-pdf", "m.md"])'
	same wanted out
	# What the shell has read of its input is gone.
	{ printf 'gone\n'; cat m.md; } >with
	{ read -r _; quietly md-pdf; } <with
	same wanted out
}

@test "a table of cells that are not there stays text" {
	"$PYTHON" -c 'n = 1500
print("|" + "a|" * n + "\n|" + "-|" * n)
print("x|\n" * n)' >m.md
	quietly md-pdf -f html m.md
	without '<td' out
	[ "$(grep -o 'x|' out | wc -l)" -eq 1500 ]
}
