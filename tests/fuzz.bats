# What libFuzzer begins with, and what it found once, through each target.

load helper

# replay TARGET: what the target begins with, and its files in bugs.
replay() {
	local status=0
	rm -rf seeds
	"$TESTS/fuzz/seeds" "$1" seeds
	cp "$TESTS/bugs/$1"/* seeds 2>/dev/null || :
	"$ROOT/out/fuzz/build/replay-$1" seeds/* >count 2>err || status=$?
	[ "$status" -eq 0 ] && [ "$(cat count)" -ge "$2" ] && return
	tail -n 30 err
	return 1
}

@test "lines: the short way and jansson's agree" {
	replay record 30
}

@test "registers in CSV" {
	replay csv 17
}

@test "scanners' files" {
	replay scan-csv 16
	replay scan-json 10
	replay scan-xml 10
}

@test "maps and method files" {
	replay map 12
	replay method 5
}

@test "templates" {
	replay mustache 60
}

@test "Markdown as HTML, and as ms" {
	replay markdown-html 80
	replay markdown-ms 80
}

@test "fonts that are damaged" {
	replay font 2
	mkdir damaged
	# Each byte of the tables' directory and behind it once turned over.
	"$PYTHON" - <<-'END'
		whole = open("seeds/true.ttf", "rb").read()
		for at in range(0, len(whole), 3):
		    with open(f"damaged/turned-{at:04}", "wb") as f:
		        f.write(whole[:at] + bytes([whole[at] ^ 0xff]) + whole[at + 1:])
		for n in range(0, len(whole), 41):
		    with open(f"damaged/cut-{n:04}", "wb") as f:
		        f.write(whole[:n])
	END
	"$ROOT/out/fuzz/build/replay-font" damaged/* >count 2>err || {
		tail -n 30 err
		return 1
	}
	[ "$(cat count)" -gt 400 ]
}

@test "every target is made, replayed and has its seeds" {
	cd "$ROOT"
	for target in $(make -s -p -n BUILD=out/x 2>/dev/null | sed -n 's/^FUZZ = //p'); do
		ls "tests/fuzz/$target.c"
		grep -q "replay $target " tests/fuzz.bats
	done
	for target in tests/bugs/*; do
		ls "tests/fuzz/${target##*/}.c"
	done
}

@test "groff has nothing to say of what was found in documents" {
	mkdir documents
	cp "$TESTS"/bugs/markdown-*/* documents
	"$TESTS/fuzz/groff" documents
}
