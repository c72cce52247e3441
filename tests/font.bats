# The fonts of a document: what groff sets with them is read back.

load helper

# write_fonts OPTIONS... TEXT: the fonts of a text in folder/, and page.ms.
# Which characters are refused is in refused.
write_fonts() {
	local options=("${@:1:$#-1}")
	rm -rf folder
	mkdir folder
	"$BUILD/test-font" "${options[@]}" folder <"${!#}" >page.ms 2>refused
}

# fonts OPTIONS... TEXT: also its page, page.pdf.
fonts() {
	write_fonts "$@"
	set_page
}

# What groff makes of page.ms, without a word said.
set_page() {
	groff -t -p -ww -Tpdf -F folder page.ms >page.pdf 2>err
	same /dev/null err
	pdftotext -raw page.pdf page.txt
}

# Every character of the text is on the page, in order, but for those refused.
comes_back() {
	"$PYTHON" "$TESTS/font.py" back "$1" refused page.txt >count
	[ "$(cat count)" -gt "$2" ]
}

# An escape that the compiler of this file does not see.
character() {
	printf '%b' "\\U$(printf %08x "0x$1")"
}

@test "every character that a font of the system has comes back" {
	"$PYTHON" "$TESTS/font.py" text >text
	fonts text
	comes_back text 5000
	fonts -f GB -l text
	comes_back text 5000
	fonts -f MR text
	comes_back text 5000
	# Each role has its parts, and all of them are in the file.
	pdffonts page.pdf | tail -n +3 | awk '$1 !~ /^[A-Z]*\+Riskline-MR[0-9]*$/ ||
		$0 !~ /yes yes no/' >err
	same /dev/null err
	[ "$(pdffonts page.pdf | tail -n +3 | wc -l)" -gt 25 ]
}

@test "a box is set for what no font has, and its character comes back" {
	"$PYTHON" "$TESTS/font.py" text >text
	for c in 05D0 0633 0915 1100 1820 1F9FF 20001 2FA1D; do
		character $c
		echo
	done >>text
	fonts -b -f SB text
	same /dev/null refused
	comes_back text 6000
}

# wide PATTERN FIRST LAST N: more than N characters are as wide as in the font.
wide() {
	"$PYTHON" "$TESTS/font.py" widths all "$1" "$2" "$3" >count
	[ "$(cat count)" -gt "$4" ]
}

@test "widths and heights are those of the font files" {
	"$PYTHON" "$TESTS/font.py" text >text
	local role latin chinese
	while IFS=/ read -r role latin chinese; do
		write_fonts -f "$role" text
		grep -a -h -E '^[!-~]+ [0-9,]+ 0 [0-9]+ uni' folder/devpdf/* >all
		wide "$latin" 00C0 00D6 20
		wide "$latin" 0391 045F 100
		wide "$chinese" 2460 24FF 80
		wide "$chinese" 3041 50FF 900
	done <<-'END'
		SR/Times New Roman,serif:lang=en/serif:lang=zh-cn
		SBI/Times New Roman,serif:lang=en:bold:italic/sans-serif:lang=zh-cn:bold
		MR/monospace:lang=zh-cn/monospace:lang=zh-cn
	END
}

@test "letters are drawn as in the font file" {
	echo x >text
	write_fonts text
	"$PYTHON" "$TESTS/font.py" shapes folder/devpdf/SR.pfb 'Times New Roman,serif:lang=en' >count
	[ "$(cat count)" -eq 52 ]
}

@test "a font that has weights on an axis is drawn in the one that is asked for" {
	mkdir fonts regular bold
	"$PYTHON" "$TESTS/fuzz/truetype.py" fonts/true.ttf
	cat >fonts.conf <<-END
		<fontconfig><dir>$PWD/fonts</dir><cachedir>$PWD/cache</cachedir>
		<match target="pattern"><edit name="variable"><bool>true</bool></edit></match></fontconfig>
	END
	export FONTCONFIG_FILE=$PWD/fonts.conf
	echo Aag | "$BUILD/test-font" -f SR regular
	echo Aag | "$BUILD/test-font" -f SB bold
	# 700 is three fifths of the way from 400 to 900, and 900 moves it by 40.
	"$PYTHON" "$TESTS/font.py" moved regular/devpdf/SR.pfb bold/devpdf/SB.pfb 24 Aag
}

@test "the width that the caller is told is the width that is set" {
	printf '%s' "Wi-é…—中①·$(character 1F600)" >text
	"$BUILD/test-font" -w . <text >told
	[ "$(wc -l <told)" -eq 10 ]
	while read -r c width; do
		c=${c#U+}
		grep -a -h -E "^[^ ]* $width,[0-9,]* 0 [0-9]+ $(
			case $c in
			0057) echo W ;;
			0069) echo i ;;
			002D) echo hyphen ;;
			1F600) echo u1F600 ;;
			*) echo "uni$c" ;;
			esac
		)\$" devpdf/SR
	done <told
}

@test "code stands in columns: Chinese is twice as wide as ASCII" {
	printf 'iW中…' >text
	"$BUILD/test-font" -w -f MR . <text >told
	printf 'U+0069 500\nU+0057 500\nU+4E2D 1000\nU+2026 1000\n' >want
	same want told
}

@test "punctuation is Chinese or Latin as asked, letters always Latin" {
	mkdir chinese latin
	printf 'é“—×' >text
	"$BUILD/test-font" -w chinese <text >told.chinese
	"$BUILD/test-font" -w -l latin <text >told.latin
	printf 'U+00E9 444\nU+201C 1000\nU+2014 1000\nU+00D7 1000\n' >want
	same want told.chinese
	head -n 1 told.latin | same <(echo 'U+00E9 444') /dev/stdin
	without 'U+201C 1000' told.latin
	without 'U+00D7 1000' told.latin
}

@test "a second run writes the same bytes, whatever the order of the text" {
	printf '风险评估报告，Ω é 中文\n' >text
	printf '报告 é 中文评估，风险Ω\n' >other
	fonts text
	mv folder first
	fonts text
	diff -r first folder
	fonts other
	diff -r first folder
}

@test "what groff cannot set is refused by name" {
	for c in 0007 0085 05D0 0633 0915 0E01 0F40 1100 1780 1820 200F 202E E000 \
		FDD0 FEB4 FFFE 10900 1E900 1FFFF; do
		character $c
	done >text
	printf 'ok' >>text
	for c in $(seq 20); do printf 'x'; done >>text
	fonts text
	printf 'U+%s\n' 0007 0085 05D0 0633 0915 0E01 0F40 1100 1780 1820 200F \
		202E E000 FDD0 FEB4 FFFE 10900 1E900 1FFFF >want
	same want refused
	same <(printf 'okxxxxxxxxxxxxxxxxxxxx\n\n') <(tr -d '\f' <page.txt; echo)
}

@test "controls become U+FFFD where boxes are, so that none is in the text" {
	printf 'a\033[31mb%s%sc' "$(character 202E)" "$(character FFFE)" >text
	fonts -b text
	grep -qx "a$(character FFFD)\[31mb$(character FFFD)$(character FFFD)c" page.txt
}

@test "what is not seen takes no room" {
	printf 'a%s%s%sb' "$(character 200B)" "$(character FE0F)" "$(character FEFF)" >text
	"$BUILD/test-font" -w . <text >told
	same <(printf 'U+200B 0\nU+FE0F 0\nU+FEFF 0\n') <(sed -n 2,4p told)
}

@test "what troff and gropdf read otherwise comes back as it was" {
	printf '%s\n' '\e\n(.x \[u4E2D] \" $1 \\*' "'quote' \"double\" \`back\`" \
		'-minus- ^hat ~tilde |bar #hash @at' '!|!|101 !|!|!|!|' '(()))( \\( %' >text
	sed 's/$/-/' text >lines
	fonts lines
	comes_back lines 80
}

@test "ASCII that the macros write is the ASCII of the page" {
	echo x >text
	fonts text
	cat >>page.ms <<-'END'
		.na
		.br
		a'b`c"d^e~f-g|h\-i\[aq]\[ga]\[dq]\[ha]\[ti]\[rs]\[hy]\[ba]
		.br
		.nh
		.ll 1c
		.hy 1
		internationalization
	END
	set_page
	grep -Fqx "a'b\`c\"d^e~f-g|h-i'\`\"^~\\-|" page.txt
	grep -Eqx '[a-z]+-' page.txt
	[ "$(pdffonts page.pdf | tail -n +3 | wc -l)" -eq 1 ]
}

@test "characters stand in cells of tables and in pictures" {
	# shellcheck disable=SC1111
	printf '%s' "中文“é”\\'\"|-^~\`_" >text
	fonts text
	"$BUILD/test-font" . <text >written
	written=$(tail -n 1 written)
	{
		printf '.TS\nbox tab(%%);\nl l.\n%s%%%s\nT{\n%s\nT}%%x\n.TE\n' \
			"$written" "$written" "$written"
		printf '.PS\nbox "%s" wid 3\n.PE\n' "$written"
	} >>page.ms
	set_page
	[ "$(grep -oF "$(cat text)" page.txt | wc -l)" -eq 5 ]
}

@test "a folder that has fonts, or is not there, is said" {
	mkdir folder
	echo 中 >text
	"$BUILD/test-font" folder <text >out
	gives 2 "$BUILD/test-font" folder <text
	says 'test-font: folder: File exists'
	gives 2 "$BUILD/test-font" nowhere <text
	says 'test-font: nowhere: No such file or directory'
}

# system FILE...: fontconfig finds only these.
system() {
	mkdir -p system cache
	ln -s "$@" system
	export FONTCONFIG_FILE=$PWD/fonts.conf
	cat >fonts.conf <<-END
		<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
		<fontconfig><dir>$PWD/system</dir><cachedir>$PWD/cache</cachedir></fontconfig>
	END
}

@test "a system without a font is told which to install" {
	mkdir folder
	system /dev/null
	gives 2 "$BUILD/test-font" folder </dev/null
	says 'test-font: no font on this system: install the Debian packages fonts-noto-cjk and fonts-liberation'
}

@test "where no font is Chinese, Chinese is refused and Latin is set" {
	system "$(fc-match -f '%{file}' 'Times New Roman,serif:lang=en')"
	printf 'A中B' >text
	fonts text
	same <(echo U+4E2D) refused
	grep -qx AB page.txt
}

# picture FONT TEXT: picture.pgm of the page of this text.
picture() {
	printf '%s' "$2" >text
	fonts -f "$1" text
	pdftoppm -r 100 -gray -singlefile page.pdf picture
}

@test "where no font is italic, Latin letters lean and Chinese ones do not" {
	system "$(fc-match -f '%{file}' 'serif:lang=zh-cn')"
	picture SR 中国
	mv picture.pgm upright.pgm
	picture SI 中国
	same upright.pgm picture.pgm
	picture SR HIx
	mv picture.pgm upright.pgm
	picture SI HIx
	gives 1 cmp -s upright.pgm picture.pgm
}

@test "the two signs of a Chinese dash are one line" {
	# The middle of the dash is dark, row by row, without a gap.
	picture SR —————
	"$PYTHON" - picture.pgm <<-'END'
		import sys
		head, size, most, pixels = open(sys.argv[1], "rb").read().split(b"\n", 3)
		width = int(size.split()[0])
		rows = [pixels[n:n + width] for n in range(0, len(pixels), width)]
		dark = max(rows, key=lambda row: sum(p < 200 for p in row))
		ink = [x for x, p in enumerate(dark) if p < 200]
		sys.exit(ink[-1] - ink[0] + 1 != len(ink) or len(ink) < 60)
	END
}
