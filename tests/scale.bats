# Slices of one stream, by risk-calc -r in several processes and on several
# hosts: the same risks as by one process.

load helper

# slices: reference, the records before the vulnerabilities; rest, those; and
# want, what one process makes of both but for the reference.
slices() {
	intake "$ROOT/samples/dispatch-2025"/*.csv | asset-value | threat-rate | vuln-rate >all
	grep '^{"type":"vulnerability"' all >once
	grep -v '^{"type":"vulnerability"' all >reference
	for n in $(seq 20); do
		sed "s/\"id\":\"/&$n-/" once
	done >rest
	quietly risk-calc reference rest
	grep -v -x -F -f reference out | LC_ALL=C sort >want
	[ "$(grep -c '"type":"risk"' want)" -ge 3000 ]
}

@test "with a reference, a slice gives its own lines and risks" {
	slices
	quietly risk-calc -r reference rest
	LC_ALL=C sort out | same want -
	quietly risk-calc -r reference <rest
	LC_ALL=C sort out | same want -
	split -n l/7 rest part.
	for part in part.*; do
		quietly risk-calc -r reference "$part"
		cat out >>together
	done
	LC_ALL=C sort together | same want -
	: >nothing
	quietly risk-calc -r reference nothing
	same /dev/null out
	# What a slice adds holds for it alone.
	grep -E '^\{"type":"(asset|exposure)"' reference >assets
	grep -v -E '^\{"type":"(asset|exposure)"' reference >less
	quietly risk-calc -r less assets rest
	LC_ALL=C sort assets want | same - <(LC_ALL=C sort out)
}

@test "a reference has to hold" {
	slices
	echo '{"type":"asset","id":"Z","name":"z","confidentiality":9}' | cat reference - >bad
	gives 2 risk-calc -r bad rest
	grep -F "risk-calc: bad:$(wc -l <bad): confidentiality: 9 is not" err
	same /dev/null out
	cat reference rest >whole
	gives 2 risk-calc -r whole rest
	grep -F 'a vulnerability in a reference, which is read for assets, threats and exposures' err
	echo '{"type":"refused","source":"a.csv","line":3,"error":"e","record":"r"}' | cat reference - >bad
	gives 2 risk-calc -r bad rest
	grep -F 'a refused record in a reference' err
	gives 2 risk-calc -r nowhere rest
	says 'risk-calc: nowhere: No such file or directory'
	head -n 1 <(grep '^{"type":"asset"' reference) | cat - rest >again
	gives 1 risk-calc -r reference again
	grep -F 'id: another asset has the id' err
}

@test "GNU parallel: by pipe and by parts of a file" {
	slices
	parallel --no-notice --pipe -j 3 --block 20k risk-calc -r reference <rest >out
	LC_ALL=C sort out | same want -
	parallel --no-notice --pipe --keep-order -j 3 --block 20k risk-calc -r reference <rest >kept
	risk-calc -r reference rest | same - kept
	parallel --no-notice -a rest --pipepart -j 3 --block 20k risk-calc -r reference >out
	LC_ALL=C sort out | same want -
}

# An sshd of our own on two loopback addresses; only this test's key gets in.
serve() {
	ssh-keygen -q -t ed25519 -N '' -f host
	ssh-keygen -q -t ed25519 -N '' -f key
	cp key.pub authorized
	port=$((20000 + $$ % 20000))
	[ "$(id -u)" -ne 0 ] || mkdir -p /run/sshd
	cat >config <<-E
		Port $port
		ListenAddress 127.0.0.1
		ListenAddress 127.0.0.2
		HostKey $PWD/host
		PidFile $PWD/pid
		AuthorizedKeysFile $PWD/authorized
		PermitRootLogin prohibit-password
		PasswordAuthentication no
		UsePAM no
		StrictModes no
	E
	/usr/sbin/sshd -f config -E log || return
	for _ in $(seq 50); do
		[ -s pid ] && return
		sleep 0.1
	done
	return 1
}

teardown() {
	[ ! -s "$BATS_TEST_TMPDIR/pid" ] || kill "$(cat "$BATS_TEST_TMPDIR/pid")"
}

@test "GNU parallel over ssh: two hosts" {
	slices
	serve || skip "skipped: sshd cannot be started: $(tail -n 1 log)"
	login="ssh -p $port -i $PWD/key -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=$PWD/known -o LogLevel=ERROR"
	for host in 127.0.0.1 127.0.0.2; do
		$login $host true || skip "skipped: no login by ssh: $(tail -n 1 log)"
	done
	parallel --no-notice --pipe -j 1 --block 20k --sshlogin "$login 127.0.0.1" --sshlogin "$login 127.0.0.2" \
		"$BIN/risk-calc" -r "$PWD/reference" <rest >out
	LC_ALL=C sort out | same want -
}
