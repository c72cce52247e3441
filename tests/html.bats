load helper

# page LANGUAGE MARKDOWN: the HTML that md-pdf makes of it is as it must be.
page() {
	quietly md-pdf -f html -l "$1" "$2"
	mv out page.html
	"$PYTHON" "$TESTS/pages.py" page "$1" page.html "$2"
}

# examples: lines, each a Markdown text as a JSON string, are read as cmark does.
examples() {
	jq -s 'to_entries | map({example: .key, markdown: .value})' >examples.json
	"$PYTHON" "$TESTS/pages.py" spec examples.json
}

# bats test_tags=corpora
@test "every example of CommonMark: the tags and the text of cmark's tree" {
	corpora markdown
	"$PYTHON" "$TESTS/pages.py" spec "$CORPORA/markdown/spec_examples.json"
}

@test "the documents, both languages: texts, tables, charts, contents, cover" {
	intake "$ROOT"/samples/dispatch-2025/*.csv | assessed >2025.jsonl
	for language in zh en; do
		for document in assessment plan residual assets service incidents; do
			report -l $language "$document" 2025.jsonl >document.md
			page $language document.md
			quietly report -f html -l $language "$document" 2025.jsonl
			same page.html out
		done
	done
}

@test "what is no chart is a plain table" {
	cat >charts.md <<-'END'
	# t

	<!-- heatmap 1=#000000 2=#808080 3=#FFFFFF 4=#0000ff 5=#767676 -->
	| a | 1 | 2 | 3 |
	|---|---|---|---|
	| 1 | 1 | 2 (1) | 3（12） |
	| 2 | 4 | 5 | 6 |
	| **3** | 4 (2) | 5 (2) | *1* (`3`) |

	<!-- heatmap 1=#dc5347 -->
	| a | 1 |
	|---|---|
	| 1 | 1 (2) |
	| 2 | |

	<!-- heatmap 1=#dc5347 -->
	| a | 1 |
	|---|---|
	| 1 | 12 |

	<!-- heatmap 1=#dc5347 -->
	| 1 |
	|---|
	| 1 |

	<!-- bars 5=#dc5347 4=#ea8437 -->
	| a | n | m |
	|:--|--:|:-:|
	| 5 (very high) | 1,234.5 | 0 |
	| 4 <b>x</b> | **617** | 0.5 |
	| none | 1 | 999,999,999,999.125 |

	<!-- bars -->
	| a | n |
	|---|--:|
	| x | 0 |
	| y | 0.00 |

	<!-- bars -->
	| a | n | m |
	|---|--:|--:|
	| x | 0.25 | 2 |
	| y | 1.75 | 0.015 |

	<!-- bars -->
	| a | n |
	|---|---|
	| x | 1 |
	| y | — |

	END
	for n in -1 +1 1,23 ,1 ,123 1,2345 1. .5 1.5.5 1e3 '1 2' 12% 1234567890123456 0x1; do
		printf '<!-- bars -->\n| a | n |\n|---|---|\n| x | %s |\n\n' "$n"
	done >>charts.md
	page en charts.md | tee kinds
	grep -Fqx '0 facts 0 signatures 1 heatmap 3 bars 18 plain 0 contents' kinds
}

@test "contents where they are asked for, ids of their own, a title" {
	printf '## b\n\n## B\n\n### b!\n\n# 11.3 不可接受风险（是）\n\n## b-2\n\n## *?*\n\n## ？\n' >none.md
	page zh none.md
	cat >order <<-'END'
	b
	b-2
	b-3
	11.3-不可接受风险是
	b-2-2
	-
	--2
	END
	sed -n 's/.*<h[1-6] id="\([^"]*\)">.*/\1/p' page.html >ids
	same order ids
	{
		printf '### first\n\n### second\n\n<!-- contents -->\n\n# <A> & "B"\n\n<!-- contents -->\n\n> ## quoted\n\n- ## item\n\n'
		cat none.md
		printf '## `x` [y](z) &lt;b&gt;\n\n### c\n\n### d\n\n#### e\n\n### f\n\n## g\n'
	} >asked.md
	page zh asked.md | grep -F '13 contents'
	page en asked.md | grep -F '13 contents'
	sed '/<nav/q' page.html | without '<h1' -
	printf 'text\n\n<!-- contents -->\n\n# t\n\n#### x\n' >nothing.md
	page en nothing.md | grep -F '0 contents'
	printf 'no title\n' >title.md
	page zh title.md
	page en title.md
	: >empty.md
	page zh empty.md
}

@test "covers and signatures" {
	cat >cover.md <<-'END'
	# Report

	<!-- cover -->
	| Item | Content |
	|:--|:--|
	| Classification | secret |
	| Organisation | A & "B" <C> |
	| Other | [x](https://example.org/?a&b "t") |
	| Date | 2025-12-31 |

	<!-- signatures -->
	| Step | Signature |
	|:--|:--|
	| Prepared | |

	text between

	<!-- cover -->
	| a | b | c |
	|---|---|---|
	| Version | 1 | 2 |
	END
	page en cover.md
	tr -d '\n' <page.html >line
	grep -Fq '<header class="cover"><h1 id="report">Report</h1><div class="table">' line
	grep -Fq '<tr class="classification"><th scope="row">Classification</th><td>secret</td>' line
	grep -Fq '<a href="https://example.org/?a&amp;b" title="t">x</a>' line
	grep -Fq '<td><span class="day">2025-12-31</span></td>' line
	grep -Fq 'content="A &amp; &quot;B&quot; &lt;C&gt;"' line
	sed 1,2d cover.md >untitled.md
	page en untitled.md
}

@test "no line ends within a day" {
	printf 'a 2025-12-31，12025-12-31 2025-12-311 2025-1-31 `2025-01-02`2025-12-31' >day.md
	page zh day.md
	grep -Fq '<p>a <span class="day">2025-12-31</span>，12025-12-31 2025-12-311 2025-1-31 <code><span class="day">2025-01-02</span></code><span class="day">2025-12-31</span></p>' page.html
}

@test "lines of Chinese are joined without a space" {
	printf '换行\n中文，\n再 latin\n**行**\n(𠀀\n𠀁)\n한국\n한국\n' >lines.md
	quietly md-pdf -f html lines.md
	sed -n '/<p>/,/<.p>/p' out >found
	printf '<p>换行中文，再 latin\n<strong>行</strong>\n(𠀀𠀁)\n한국\n한국</p>\n' >wanted
	same wanted found
}

@test "hostile Markdown stays text" {
	examples <<-'END'
	"[a](javascript:alert(1)) [b](JAVASCRIPT:x) [c](<java\u0002script:x>) [d](data:text/html,x) [e](vbscript:x) [f](file:///etc/passwd)"
	"[a](&#106;avascript:x) [b](\\javascript:x) [c](<\u0001javascript:x>) <javascript:x> [d](//example.org) [e](HTTP://x) [f](a:b) [g](#a:b)"
	"![a](https://x/y.png) ![](http://x/z.png) ![b](javascript:x) ![](data:image/png;base64,xx) [![c](d)](e) ![f [g](h)](i) ![j [k](l)](javascript:m)"
	"<script>alert(1)</script>\n\n<style>*{}</style>\n\n</style></main></body><b onclick=x>y</b> <p style=\"x\">z\n\n<img src=x onerror=y>"
	"a <b style=\"position:fixed\">c</b> <!-- d --> e <?php x ?> <![CDATA[ y ]]> <!X y> ]]> --> <br> <BR/> <br\n/> <break>\n\n<br>\n"
	"<!-- a --> b\n\n<!-- c --><!-- d -->\n\n<!--> e -->\n\n<!-- contents --> f\n\n<!-- g"
	"[a](\"b\" 'c\"d<e>&f') [g](h \"i\\\"j\") [k](<l\"m>) [\"n](<o\" onclick=\"p>)\n\n```\"><script>\nq<r>&\n```\n\n# \"><s>\n\n## \" onclick=\"t"
	"&#1; &#27; &#127; \u0001\u001b[31m\u007f\u0008 `\u0002` &#0; x\n\n    \u0003\n\n[a](<\u0004> \"\u0005\")"
	END
	if [ -d "${CORPORA:-}/strings" ]; then
		jq -cR 'select(test("[^[:space:]]")) | {type: "asset", id: "N-\(input_line_number)", name: ., owner: ., location: .,
		    department: ., confidentiality: 1, integrity: 2, availability: 3}' "$CORPORA/strings/blns.txt" >asset.jsonl
		[ "$(wc -l <asset.jsonl)" -gt 400 ]
		asset-value asset.jsonl >value.jsonl || [ "$?" -eq 1 ]
		gives 0 report -l zh assets value.jsonl || gives 1 report -l zh assets value.jsonl
		mv out naughty.md
		page zh naughty.md
	fi
}

@test "deep, long and many" {
	awk 'BEGIN { while (n < 50) { printf "%*s- x%d\n", 2 * n, "", n; n++ } }' >lists
	{
		jq -R -s . lists
		echo '"'"$(printf 'w%.0s' {1..10000})"'"'
	} | examples
	awk 'BEGIN { while (n++ < 10000) printf "> "; print "x" }' >quotes.md
	timeout 20 md-pdf -f html quotes.md >out
	[ "$(grep -c '<blockquote>' out)" -eq 10000 ]
	[ "$(grep -c '</blockquote>' out)" -eq 10000 ]
	awk 'BEGIN { print "<!-- contents -->"; while (n++ < 10000) print "## a\n" }' >same.md
	timeout 20 md-pdf -f html same.md >out
	[ "$(sed -n 's/<h2 id="\([^"]*\)".*/\1/p' out | sort -u | wc -l)" -eq 10000 ]
	{
		printf '<!-- bars 1=#dc5347 -->\n| a | b | c |\n|:--|--:|--:|\n'
		awk 'BEGIN { while (n++ < 5000) printf "| %d | %d | %d.5 |\n", n % 10, n, n % 7 }'
	} >rows.md
	timeout 20 md-pdf -f html rows.md >out
	page zh rows.md
}

@test "a stylesheet of one's own" {
	mkdir -p data/templates
	echo 'p { color: green }' >data/templates/report.css
	echo x >x.md
	RISKLINE_DATA=data md-pdf -f html x.md >out
	tr -d '\n' <out >line
	grep -Fq '<style>p { color: green }</style>' line
}
