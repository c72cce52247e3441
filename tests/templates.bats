load helper

# bats test_tags=corpora
@test "the Mustache renderer passes the public specification" {
	corpora mustache
	"$BUILD/test-mustache" "$CORPORA"/mustache/*.json >out || {
		cat out
		return 1
	}
	grep -Fx '136 of 136 hold' out
}

@test "Mustache: cases of our own" {
	"$BUILD/test-mustache" "$TESTS/mustache.json" >out || {
		cat out
		return 1
	}
}

# faulty TEMPLATE MESSAGE: what report says of a template, with its place.
faulty() {
	printf '%b' "$1" >x.md
	gives 2 report -T ./x.md x /dev/null
	says "report: template $2"
}

@test "a template that does not hold is said with its line" {
	faulty '# a\n{{#b}}\n{{/c}}\n' './x.md:3: another section is open than c'
	faulty 'a\n{{#b}}\n' './x.md:3: a section is not closed: b'
	faulty 'a {{b\n' './x.md:1: a tag is not closed'
	faulty 'a\n\n{{}}\n' './x.md:3: a tag without a name'
	faulty '{{=<%=}}\n' './x.md:1: bad delimiters'
	faulty '{{> x}}\n' 'x: a partial includes itself without end'
}

@test "what is escaped for Markdown reads as itself" {
	set -- "$BUILD/test-markdown" "$ROOT"/samples/*/[1569]*.csv
	if [ -e "${CORPORA:-}/strings/blns.txt" ]; then
		set -- "$@" "$CORPORA/strings/blns.txt"
	fi
	"$PYTHON" "$TESTS/markdown.py" "$@" >out || {
		tail -n 20 out
		return 1
	}
}

@test "the first risk of each group of the plan has its number" {
	intake "$ROOT"/samples/dispatch-2025/*.csv | assessed >2025.jsonl
	for group in plan_measures plan_departments plan_days; do
		printf '{{#%s}}{{first.number}} {{#risks}}{{number}} {{/risks}}\n{{/%s}}' $group $group >my.md
		report -T ./my.md x 2025.jsonl >out
		[ "$(wc -l <out)" -gt 3 ]
		awk '$1 == "" || $1 != $2 {print; wrong = 1} END {exit wrong}' out
	done
}
