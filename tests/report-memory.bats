# What report keeps of a record: a bound for each, whatever is printed of it.

load helper

# stream N: two assets, two threats, N vulnerabilities, each a risk.
stream() {
	awk -v n="$1" 'BEGIN {
		for (i = 0; i < 2; i++) {
			printf "{\"type\":\"asset\",\"id\":\"A%d\",\"name\":\"资产%d\",\"confidentiality\":3,\"integrity\":4,\"availability\":5}\n", i, i
			printf "{\"type\":\"threat\",\"id\":\"T%d\",\"name\":\"威胁%d\",\"frequency\":%d}\n", i, i, i + 3
		}
		for (i = 0; i < n; i++)
			printf "{\"type\":\"vulnerability\",\"id\":\"V%d\",\"name\":\"某主机的第%d项弱点\",\"asset\":\"A%d\",\"threats\":[\"T%d\"],\"severity\":%d}\n", i, i, i % 2, i % 2, 1 + i % 5
	}' | assessed
}

# peak COMMAND...: its largest resident set, in KiB.
peak() {
	/usr/bin/env time -f %M -o peak "$@" >out
	cat peak
}

# bats test_tags=plain
@test "report: what it keeps of a risk, with all that belongs to it, is less than 200 bytes" {
	stream 5000 >few
	stream 60000 >many
	[ "$(grep -c '"type":"residual"' many)" -eq 60000 ]
	for document in assessment plan residual assets; do
		small=$(peak report $document few)
		large=$(peak report $document many)
		echo "$document $small $large"
		[ $(((large - small) * 1024 / 55000)) -lt 200 ]
	done
	# All risks are in it, and nothing is left behind.
	report assessment many >out
	[ "$(grep -oE '^\| [0-9]+ \| A[01]/T[01]/V[0-9]+' out | grep -oE 'A.*' | sort -u | wc -l)" -eq 60000 ]
	mkdir tmp
	TMPDIR=$PWD/tmp report assessment many >again
	cmp out again
	[ -z "$(ls tmp)" ]
}

@test "report: few records need no temporary file, many one" {
	stream 100 >few
	TMPDIR=/nonexistent quietly report assessment few
	stream 9000 >many
	TMPDIR=/nonexistent gives 2 report assessment many
	grep -F '/nonexistent/' err
}
