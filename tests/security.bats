# What riskline-security(7) promises of every program, seen from the kernel.

load helper

# watched PROGRAM ARGUMENT...: what a program opens, runs and connects to goes
# behind the file calls; its output on.
watched() {
	strace -f -qq -y -e trace=openat,open,creat,rename,renameat,renameat2,link,linkat,mkdir,mkdirat,symlink,symlinkat,unlink,unlinkat,execve,socket,connect,bind \
		-o "calls.$1.$((RANDOM))" -- "$@"
}

# Calls that are not only reading: opened to be written or made, and the rest.
telling() {
	sed -E 's/^[0-9]+ +//' "$@" | grep -vE '^(open|openat)\(.*O_RDONLY' |
		grep -vE '^(\+\+\+|---|<\.\.\.|exit)' | grep -vE ' = -1 ENOENT'
}

@test "no program has a door to the network, runs another, or writes but to its output" {
	! nm -D "$BIN/intake" | grep -q __asan || skip 'skipped: the sanitizers open files of their own'
	mkdir tmp
	export TMPDIR=$PWD/tmp
	watched intake "$ROOT"/samples/dispatch-2025/*.csv | watched asset-value | watched threat-rate |
		watched vuln-rate | watched risk-calc | watched treat | watched residual >2025
	watched risk-lint 2025 >lint || [ $? -eq 1 ]
	watched sign-off -R -c c -d plan -n n -r security-team 2025 >signed
	watched risk-diff -s 2025 2025 >changes
	for document in assessment plan residual assets service incidents compare; do
		watched report $document 2025 signed changes >$document.md
	done
	watched report -f html assessment 2025 >assessment.html
	watched report -f ms plan 2025 >plan.ms
	[ "$(find . -name 'calls.*' | wc -l)" -ge 18 ]
	# The program itself, and temporary files that lose their name at once.
	telling calls.* | grep -vE '^execve\("[^"]*/(intake|asset-value|threat-rate|vuln-rate|risk-calc|treat|residual|risk-lint|sign-off|risk-diff|report)",' |
		grep -vE "^(openat\([^,]*, |unlink\()\"$TMPDIR/riskline-[A-Za-z0-9]{6}\"" >more || :
	same /dev/null more
	find tmp -mindepth 1 | same /dev/null -
}

@test "for a PDF groff's own programs run, and the fonts go to a folder that is gone" {
	! nm -D "$BIN/intake" | grep -q __asan || skip 'skipped: the sanitizers open files of their own'
	mkdir tmp
	export TMPDIR=$PWD/tmp
	intake "$ROOT"/samples/dispatch-2025/*.csv | assessed >2025
	watched report -f pdf plan 2025 >plan.pdf
	pdftotext plan.pdf plan.txt
	grep -q 风险处理计划 plan.txt
	telling calls.* | sed -nE 's/^execve\("[^"]*\/([^"]*)".*( = 0|unfinished \.\.\.>)$/\1/p' | sort -u >ran
	printf '%s\n' gropdf groff pic preconv report tbl troff | sort >mayrun
	comm -23 ran mayrun | same /dev/null -
	grep -qx troff ran
	telling calls.* | grep -E '^(socket|connect|bind)' >doors || :
	same /dev/null doors
	# Whatever is written is in that folder.
	telling calls.* | grep -vE '^(execve|unlink)' | grep -v "\"$TMPDIR" | grep -v '"/dev/null"' >elsewhere || :
	same /dev/null elsewhere
	find tmp -mindepth 1 | same /dev/null -
}
