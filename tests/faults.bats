# What fails: memory, files, disks, pipes, groff; each call, one by one.

load helper

# What the cases of faults.py read: an asset of two years and all that it meets.
prepare() {
	local year
	for year in 2024 2025; do
		intake "$ROOT"/samples/dispatch-$year/*.csv >all
		jq -c 'select(.type == "vulnerability" and .asset == "WL-01") | .id, .threats[]' all >met
		jq -c --slurpfile met met 'select(.type == "assessment" or .asset == "WL-01" or .id == "WL-01" or (.id | IN($met[])) or
			(.vulnerability // "" | IN($met[])) or (.type == "inspection" and .id[-1:] == "1"))' all >$year.jsonl
		rated <$year.jsonl >$year.rated
		risk-calc $year.rated >$year.risks
		treat $year.risks >$year.treated
		residual $year.treated >$year.done
	done
	grep -v '^{"type":"vulnerability"' 2025.rated >reference.jsonl
	grep '^{"type":"vulnerability"' 2025.rated >rest.jsonl
	risk-diff -s 2024.done 2025.done >changes.jsonl
	report assets 2025.done >all.md
	{
		head -n 40 all.md
		printf '\n```\ncode\n```\n\n<!-- heatmap -->\n| a | 1 |\n|---|---|\n| 1 | 2 |\n'
	} >small.md
	head -n 4 "$ROOT/samples/dispatch-2025/10-assets.csv" >assets.csv
	iconv -f UTF-8 -t GB18030 assets.csv | sed 's/^[A-Z]/X&/' >gb18030.csv
	iconv -f UTF-8 -t UTF-16 assets.csv | sed 's/^[A-Z]/Y&/' >utf16.csv
	cp "$TESTS"/scans/one-scan.nessus "$TESTS"/scans/trivy/image.json "$TESTS"/scans/openvas/results.csv .
	# Of each type more than a mebibyte: ids as long as may be.
	awk 'BEGIN { long = sprintf("%190s", ""); gsub(/ /, "x", long)
		printf "{\"type\":\"asset\",\"id\":\"A%s\",\"name\":\"a\",\"confidentiality\":3,\"integrity\":4,\"availability\":5}\n", long
		printf "{\"type\":\"threat\",\"id\":\"T%s\",\"name\":\"t\",\"frequency\":4}\n", long
		for (i = 0; i < 1100; i++)
			printf "{\"type\":\"vulnerability\",\"id\":\"V%s%d\",\"name\":\"v\",\"asset\":\"A%s\",\"threats\":[\"T%s\"],\"severity\":%d}\n", long, i, long, long, 1 + i % 5
	}' | assessed >much.done
	cp -r "$ROOT/templates" templates
	cp "$ROOT/schemas/methods/gbt20984-matrix.json" ours.json
	printf '%s\n' '{"type":"vulnerability","id":"V","name":"\u5f31\ud83d\ude00","asset":"A","threats":["T"],"severity":3,"x":[1e3,{"y":12345678901234567890}]}' \
		'{"type":"vulnerability","id":"W","name":' '{"type":"asset","id":3}' >odd.jsonl
}

# Of every program a command that reads the files of prepare().
commands() {
	cat <<-'END'
		intake assets.csv 2025.jsonl
		asset-value 2025.jsonl
		threat-rate 2025.jsonl
		vuln-rate 2025.jsonl
		risk-calc 2025.rated
		treat 2025.risks
		residual 2025.treated
		risk-diff 2024.done 2025.done
		risk-lint 2025.done
		sign-off -d plan -n 甲 -r security-team 2025.done
		report assessment 2025.done
		report -f html plan 2025.done
		md-pdf small.md
	END
}

# bats test_tags=plain
@test "every call fails once, and for good: the program says so, or does as if it had not" {
	prepare
	"$PYTHON" "$TESTS/faults.py" "$BUILD/shim.so" .
}

# bats test_tags=plain
@test "little memory: a program says so, or does its work" {
	prepare
	while read -r command; do
		status=0
		# shellcheck disable=SC2086
		$command >want 2>want.err || status=$?
		for kib in 4000 5000 5500 6000 6500 7000 8000 10000 14000 20000 40000 80000 100000 130000 160000 1000000; do
			found=0
			# shellcheck disable=SC2086
			(ulimit -v $kib && exec timeout 10 $command) >out 2>err || found=$?
			[ "$found" -ne "$status" ] || cmp -s want out || found='another output'
			case $found in
			"$status") ;;
			127) grep -q 'shared librar' err ;;
			2) grep -qiE 'memory|shared librar' err ;;
			139) # the loader of glibc falls before the program begins
				(ulimit -v $kib && exec "${command%% *}" '-?') >/dev/null 2>&1 || [ $? -eq 139 ] ;;
			*) false ;;
			esac || {
				echo "$kib KiB: status $found: $command"
				head -n 3 err
				return 1
			}
		done
		same want out
	done < <(commands)
}

@test "standard input, output or error that is closed" {
	prepare
	# On standard error nothing can be said of it.
	while read -r command; do
		status=0
		# shellcheck disable=SC2086
		$command </dev/null >want 2>/dev/null || status=$?
		# shellcheck disable=SC2086
		gives "$status" $command <&-
		same want out
		found=0
		# shellcheck disable=SC2086
		$command >out 2>&- || found=$?
		[ "$found" -eq "$status" ]
		same want out
		found=0
		# shellcheck disable=SC2086
		$command >&- 2>err || found=$?
		[ "$found" -eq 2 ]
		grep -Fx "${command%% *}: <stdout>: Bad file descriptor" err
		found=0
		# shellcheck disable=SC2086
		$command <&- >&- 2>&- || found=$?
		[ "$found" -eq 2 ]
		case $command in
		risk-diff*) continue ;;
		esac
		# Reading standard input.
		# shellcheck disable=SC2086
		gives 2 ${command% *} - <&-
		grep -F "${command%% *}: <stdin>: Bad file descriptor" err
	done < <(commands)
	# A message goes into no file of the program's.
	cp 2025.done kept
	echo '{"type":"asset"}' >>2025.done
	cp 2025.done bad
	for program in risk-diff risk-lint; do
		$program 2025.done 2025.done >/dev/null 2>&- || true
		same bad 2025.done
	done
}

@test "a full disk" {
	prepare
	while read -r command; do
		found=0
		# shellcheck disable=SC2086
		$command >/dev/full 2>err || found=$?
		[ "$found" -eq 2 ]
		says "${command%% *}: <stdout>: No space left on device"
	done < <(commands)
	mkdir tmp
	export TMPDIR=$PWD/tmp
	# A disk with less room than the fonts take, where one can be mounted.
	if mount -t tmpfs -o size=64k none tmp 2>/dev/null; then
		gives 2 md-pdf small.md || { umount tmp; return 1; }
		ls -A tmp >left
		umount tmp
		grep -q '^md-pdf: .*: No space left on device$' err
		same /dev/null left
		same /dev/null out
	fi
	# So, for each file, by a limit.
	status=0
	(ulimit -f 8 && trap '' XFSZ && md-pdf small.md 2>err) | cat >out || status=$?
	[ "$status" -eq 2 ]
	grep -q '^md-pdf: .*: File too large$' err
	same /dev/null out
	[ -z "$(ls -A tmp)" ]
	status=0
	(ulimit -f 1 && trap '' XFSZ && risk-diff 2024.done 2025.done 2>err) | cat >out || status=$?
	[ "$status" -eq 0 ] || grep -qx 'risk-diff: temporary file: File too large' err
	[ -z "$(ls -A tmp)" ]
}

@test "a pipe that nobody reads is quiet" {
	prepare
	while read -r command; do
		# shellcheck disable=SC2086
		{ sleep 0.1; status=0; (trap - PIPE && exec $command 2>err) || status=$?; echo "$status" >status; } | :
		[ "$(cat status)" -eq 141 ]
		same /dev/null <(grep -v -e '^risk-lint: ' -e '^sign-off: ' err || true)
		# shellcheck disable=SC2086
		{ sleep 0.1; status=0; (trap '' PIPE && exec $command 2>err) || status=$?; echo "$status" >status; } | :
		[ "$(cat status)" -eq 2 ]
		without 'roken pipe' err
	done < <(commands)
}

@test "a signal in the midst: no file is left, no output begun" {
	prepare
	mkdir tmp
	export TMPDIR=$PWD/tmp
	mkfifo pipe
	exec {hold}<>pipe # held open: whoever reads it waits
	mkdir fake
	printf '#!/bin/bash\nsleep 60 & wait\n' >fake/groff
	chmod +x fake/groff
	for signal in TERM INT HUP; do
		for command in 'risk-diff 2024.done pipe' 'report -f pdf assets 2025.done'; do
			# shellcheck disable=SC2086
			env --default-signal="$signal" PATH="$PWD/fake:$PATH" $command >out 2>err {hold}>&- 3>&- &
			pid=$!
			sleep 0.3
			case $command in
			report*) [ -n "$(ls -A tmp)" ] ;;
			esac
			kill -s "$signal" "$pid"
			status=0
			wait "$pid" || status=$?
			[ "$status" -eq $((128 + $(kill -l "$signal"))) ]
			same /dev/null out
			[ -z "$(ls -A tmp)" ]
		done
	done
	exec {hold}>&-
}

@test "no font, no home, no folder for what is temporary" {
	prepare
	echo '<fontconfig></fontconfig>' >none.conf
	for command in 'md-pdf small.md' 'report -f pdf assets 2025.done' 'report -f ms assets 2025.done'; do
		# shellcheck disable=SC2086
		gives 2 env FONTCONFIG_FILE="$PWD/none.conf" $command
		grep -q 'no font on this system: install the Debian packages fonts-noto-cjk and fonts-liberation$' err
		same /dev/null out
	done
	quietly md-pdf small.md
	mv out want
	quietly env -u HOME -u TMPDIR -u XDG_CACHE_HOME md-pdf small.md
	same want out
	for folder in /nonexistent /proc /dev/null; do
		gives 2 env TMPDIR=$folder risk-diff 2024.done 2025.done
		grep -q "^risk-diff: $folder/riskline-XXXXXX: " err ||
			grep -q "^risk-diff: $folder/riskline-[^ ]*: " err
		same /dev/null out
		gives 2 env TMPDIR=$folder report -f pdf assets 2025.done
		grep -q "^report: $folder/riskline-[^ ]*: " err
		same /dev/null out
	done
}

@test "make leaves no part of a document where groff fails" {
	mkdir fake
	printf '#!/bin/bash\ncat >/dev/null\necho %%PDF-1.4\nexit 3\n' >fake/groff
	chmod +x fake/groff
	gives 2 env PATH="$PWD/fake:$PATH" make -k -C "$ROOT/samples" OUT="$PWD/made" "$PWD/made/dispatch-2025/zh/assets.pdf"
	grep -q 'groff: failed, status 3' err
	[ -z "$(find made -name '*.pdf')" ]
	find made -name '*.jsonl' | grep .
}
