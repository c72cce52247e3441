# What riskline-security(7) promises of every program, over both sample years
# and the scans: seen by strace from outside, and by what the programs import.
# bats file_tags=plain

load helper

MAKING=creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,truncate,chmod,fchmodat,chown,fchownat,utimensat,setxattr

# watch COMMAND...: what it asks of the system, in a file of the next number.
watch() {
	n=$((n + 1))
	echo "$*" >$n.command
	strace -ff -qq -e signal=none -e trace=%network,execve,execveat,open,openat,openat2,$MAKING -o $n "$@" >out 2>err ||
		[ $? -eq 1 ] || { echo "$*" && cat err && return 1; }
	cat $n.[0-9]* >$n.calls # a file for each process
	find "$TMPDIR" -mindepth 1 >$n.left
}

# Every program, in every way that it writes.
setup_file() {
	setup
	cd "$BATS_FILE_TMPDIR" || return
	mkdir watched tmp
	export TMPDIR=$PWD/tmp
	strace -o allowed true || return 0
	cd watched
	local n=0 year stage file document
	for year in 2024 2025; do
		watch intake "$ROOT"/samples/dispatch-$year/*.csv
		for stage in asset-value threat-rate vuln-rate 'risk-calc -x' treat residual; do
			cp out in
			# shellcheck disable=SC2086
			watch $stage in
		done
		cp out $year
		watch sign-off -d plan -D 2026-02-09 -n 某 -r security-team $year
		cat out >>$year
	done
	for file in "$ROOT"/samples/scan/*.csv "$TESTS"/scans/*/*; do
		watch intake "$file"
		watch intake -n "$file"
	done
	watch risk-lint 2025
	watch risk-lint -j -D 2026-06-30 2025
	watch risk-diff 2024 2025
	cp out changes
	for document in assessment plan residual assets service incidents compare; do
		watch report $document 2025 changes
		watch report -f html -l en $document 2025 changes
	done
	# More than is held in memory.
	intake "$ROOT"/samples/dispatch-2025/*.csv | jq -c 'if .type == "vulnerability" then range(100) as $n | .id += "-\($n)" else . end
		| select(.type != "decision")' | assessed >many
	watch report plan many
	watch risk-lint many
	watch sign-off -d assessment -n n -r security-lead many
	watch report -f pdf plan 2025
	report plan 2025 >plan.md
	watch report -f ms plan 2025
	watch md-pdf -f html plan.md
	watch md-pdf -f ms plan.md
	watch md-pdf plan.md
}

traced() {
	cd "$BATS_FILE_TMPDIR/watched"
	[ -e 1.calls ] || skip 'skipped: strace is not there, or is not allowed'
	ls ./*.calls >numbers
	[ "$(wc -l <numbers)" -gt 80 ]
}

NETWORK='^(accept|bind|connect|get(peer|sock)|listen|recv|send|setsockopt|shutdown|socket)'

@test "no program uses the network" {
	traced
	cat ./*.calls | grep -E "$NETWORK" >found || true
	same /dev/null found
	strace -e trace=%network -o socket "$PYTHON" -c 'import socket; socket.socket()'
	grep -E "$NETWORK" socket
}

@test "no program runs another, but groff's for a PDF" {
	traced
	for n in $(seq "$(wc -l <numbers)"); do
		case $(cat $n.command) in
		*'-f pdf'* | 'md-pdf plan.md') printf '%s\n' groff preconv tbl pic troff gropdf ;;
		esac >may
		cut -d ' ' -f 1 $n.command >>may
		grep -v ENOENT $n.calls | grep -oE 'execve(at)?\([^"]*"[^"]*' | sed 's,.*[/"],,' | sort -u >ran
		sort may | same - ran || { cat $n.command && return 1; }
	done
}

@test "no file is written but temporary ones that nobody else can read, and none is left" {
	traced
	local made=0
	for n in $(seq "$(wc -l <numbers)"); do
		# fontconfig keeps what it finds out of fonts.
		sed -E "s,$BATS_FILE_TMPDIR/tmp/riskline-[A-Za-z0-9]{6},TMPDIR/riskline,; /fontconfig.*cache-8/d" $n.calls |
			awk '/O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)/ || !/^(open|exec)/' >made
		case $(cat $n.command) in
		risk-diff* | *' many')
			may='openat\(AT_FDCWD, "TMPDIR/riskline", O_RDWR\|O_CREAT\|O_EXCL, 0600\)'
			[ -s made ]
			;;
		*'-f pdf'* | 'md-pdf plan.md')
			may='mkdir\("TMPDIR/riskline(", 0700|/devpdf", 0777)\)|openat\(AT_FDCWD, "TMPDIR/riskline/devpdf/[A-Za-z0-9]+(\.pfb)?", O_WRONLY\|O_CREAT\|O_EXCL\|O_TRUNC, 0666\)'
			[ "$(grep -c '^mkdir("TMPDIR/riskline", 0700) = 0$' made)" -eq 1 ]
			;;
		*) may='nothing' ;;
		esac
		grep -vxE "($may) = [0-9]+" made >other || true
		same /dev/null other || { cat $n.command && return 1; }
		same /dev/null $n.left || { cat $n.command && return 1; }
	done
}

@test "no program can ask for the network, the time, chance, a locale or another program" {
	for program in "$BIN"/*; do
		nm -D --undefined-only "$program" | sed -E "s/@.*//; s,^ +[A-Za-z] ,$(basename "$program") ,"
	done >imported
	[ "$(wc -l <imported)" -gt 500 ]
	for what in 'accept4?|bind|connect|get(addr|name)info|gethostby[a-z_]*|listen|recv[a-z]*|res_[a-z]*|send|sendmsg|sendto|socket|socketpair' \
		'clock|clock_gettime|ftime|gettimeofday|localtime(_r)?|mktime|strftime|time|times|timespec_get' \
		'arc4random[a-z_]*|[a-z]rand48(_r)?|getentropy|getpid|getrandom|s?rand(_r)?|s?random(_r)?' \
		'localeconv|newlocale|nl_langinfo|setlocale|uselocale' \
		'dlopen|dlmopen|exec[a-z]*|fexecve|fork|popen|system|vfork'; do
		grep -E " ($what)$" imported >found || true
		same /dev/null found
	done
	grep ' posix_spawnp*$' imported | sort | same <(printf '%s\n' 'md-pdf posix_spawnp' 'report posix_spawnp') -
}

@test "no variable of the environment is read but three" {
	cd "$ROOT"
	grep -rhoE 'getenv(_r)?\([^)]*\)' filters | sort -u |
		same <(printf 'getenv("%s")\n' RISKLINE_DATA SOURCE_DATE_EPOCH TMPDIR) -
}

@test "the build has its guards" {
	[ -z "${CFLAGS+set}${LDFLAGS+set}" ] || skip 'skipped: built with flags of one'"'"'s own'
	for program in "$BIN"/*; do
		readelf -hldW "$program" >elf
		grep -E '^ *Type: +DYN \(Position-Independent Executable' elf
		grep -E '^ *GNU_RELRO ' elf
		grep -E '\(FLAGS\) +BIND_NOW' elf
		grep -E '^ *GNU_STACK .* RW  *0x10$' elf
		nm -D --undefined-only "$program" >imported
		grep -F '__stack_chk_fail@' imported
		grep -F '__vsnprintf_chk@' imported
	done
}
