# What intake makes of scanners' files: as an oracle apart from the maps has it.

load helper

# agree FORMAT FILE: findings and counts are those that the oracle expects.
agree() {
	"$PYTHON" "$TESTS/scanners.py" expect "$1" "$2" >want
	intake -A -f "$1" "$2" >found 2>err || true
	"$PYTHON" "$TESTS/scanners.py" compare want found || {
		echo "$1 $2"
		return 1
	}
	intake -A -n -f "$1" "$2" >counts 2>/dev/null || true
	"$PYTHON" - <<-'END' || { echo "$1 $2"; cat counts; return 1; }
	import json, re
	want = json.loads(open("want").readlines()[-1])
	text = open("counts").read()
	rows = int(re.search(r"^\t(\d+) rows: ", text, re.M).group(1))
	part = {name: int(n) for n, name in re.findall(
	    r"(\d+) (records|refused|above the heading|empty|no weakness|there already|under a refused heading|headings repeated|without a level)",
	    text.splitlines()[1])}
	found = {"rows": rows - part.get("above the heading", 0),
	         "empty": part.get("empty", 0), "left": part.get("no weakness", 0),
	         "same": part.get("there already", 0), "refused": part.get("refused", 0),
	         "findings": part["records"]}
	assert rows == sum(part.values())
	# Rows without a single character are no rows of CSV (libcsv passes them over).
	lost = want["rows"] - found["rows"]
	assert lost >= 0
	want["rows"] -= lost
	want["empty"] -= lost
	assert found == want, (found, want)
	END
}

@test "own files in each layout" {
	local n=0
	for file in "$TESTS"/scans/*/*; do
		agree "$(basename "$(dirname "$file")")" "$file"
		n=$((n + 1))
	done
	[ "$n" -ge 25 ]
}

@test "each is recognised without being told" {
	for file in "$TESTS"/scans/*/*; do
		case $file in */null.json) continue ;; esac
		intake -A -n "$file" >out 2>/dev/null || true
		[ "$(sed -n '1s/.*: //p' out)" = "$(basename "$(dirname "$file")")" ]
	done
}

@test "one scan, as CSV and as XML, gives the same findings" {
	intake -A "$TESTS/scans/one-scan.csv" 2>/dev/null >csv
	intake -A "$TESTS/scans/one-scan.nessus" 2>/dev/null >xml
	[ "$(wc -l <csv)" -gt 3 ]
	"$PYTHON" - csv xml <<-'END'
	import json, sys
	def findings(name):
	    for line in open(name):
	        r = json.loads(line)
	        if r["type"] == "vulnerability":
	            yield json.dumps({k: sorted(v) if isinstance(v, list) else v for k, v in r.items()
	                              if k not in ("cvss_vector", "solution", "evidence", "description")}, sort_keys=True)
	a, b = sorted(findings("csv")), sorted(findings("xml"))
	assert a == b, (a, b)
	END
}

@test "the maps are what their definition says, and the definition what is checked" {
	"$PYTHON" - "$ROOT" <<-'END'
	import json, pathlib, sys
	from jsonschema import Draft202012Validator
	root = pathlib.Path(sys.argv[1], "schemas")
	schema = json.loads((root / "map.json").read_text())
	Draft202012Validator.check_schema(schema)
	maps = sorted((root / "maps").glob("*.json"))
	assert len(maps) >= 11
	for path in maps:
	    m = json.loads(path.read_text())
	    Draft202012Validator(schema).validate(m)
	    assert m["name"] == path.stem
	# Maps that do not hold, each for one reason; the validator agrees.
	good = json.loads((root / "maps" / "nessus.json").read_text())
	def bad(change):
	    m = json.loads(json.dumps(good))
	    change(m)
	    return m
	cases = [bad(lambda m: m.pop(k)) for k in ("name", "titles", "form", "layout", "id", "fields")]
	cases = []
	for k in ("name", "titles", "form", "layout", "id", "fields"):
	    cases.append(bad(lambda m: m.pop(k)))
	cases += [bad(lambda m: m.update(x=1)), bad(lambda m: m.update(name="A b")),
	          bad(lambda m: m.update(form="yaml")), bad(lambda m: m.update(layout=[])),
	          bad(lambda m: m.update(layout=[[]])), bad(lambda m: m.update(layout=[["a"] * 31])),
	          bad(lambda m: m["titles"].pop("zh")), bad(lambda m: m.update(id="port")),
	          bad(lambda m: m["fields"]["name"].update({"from": [1]})),
	          bad(lambda m: m["fields"]["name"].update({"form": []})),
	          bad(lambda m: m["fields"].update(name={})),
	          bad(lambda m: m["fields"]["name"].update(words={"a": 1})),
	          bad(lambda m: m["fields"]["name"].update(all="yes")),
	          bad(lambda m: m["cvss"].append({"score": ["x"]})),
	          bad(lambda m: m["cvss"].append({"version": "5.0"})),
	          bad(lambda m: m["manners"].append({"manners": ["theft"], "pattern": "x"})),
	          bad(lambda m: m["manners"].append({"from": ["a"], "manners": ["theft"]})),
	          bad(lambda m: m.update(left=[{"from": ["a"]}]))]
	for i, m in enumerate(cases):
	    assert list(Draft202012Validator(schema).iter_errors(m)), m
	    pathlib.Path(f"bad{i}.json").write_text(json.dumps(m))
	# What only reading can see.
	deep = [bad(lambda m: m["fields"].update(colour={"value": "x"})),
	        bad(lambda m: m["fields"].update(severity_level={"value": "5"})),
	        bad(lambda m: m["fields"]["name"].update(pattern="(")),
	        bad(lambda m: m["fields"]["name"].update(all=True)),
	        bad(lambda m: m["fields"]["cve"].update(join=",")),
	        bad(lambda m: m.update(id=["component"])), bad(lambda m: m.update(merge=["name"])),
	        bad(lambda m: m["manners"].append({"manners": ["magic"]})),
	        bad(lambda m: m.update(form="json"))]
	for i, m in enumerate(deep):
	    pathlib.Path(f"deep{i}.json").write_text(json.dumps(m))
	END
	[ "$(ls bad*.json deep*.json | wc -l)" -ge 30 ]
	for file in bad*.json deep*.json; do
		gives 2 intake -f "./$file" "$TESTS/scans/nessus/old.csv"
		same /dev/null out
		grep -q "^intake: ./$file: " err
	done
	echo '{' >broken.json
	gives 2 intake -f broken.json "$TESTS/scans/nessus/old.csv"
	gives 2 intake -f nosuch "$TESTS/scans/nessus/old.csv"
}

# An asset with these addresses, and a finding on a host.
meets() {
	{
		for asset in "$@"; do
			printf '{"type":"asset","id":"%s","name":"n","addresses":[%s],"confidentiality":1,"integrity":1,"availability":1}\n' \
				"${asset%%=*}" "\"$(sed 's/;/","/g' <<<"${asset#*=}")\""
		done
		cat hosts
	} >in
	intake in >out 2>err || true
	jq -r 'if .type == "vulnerability" then "\(.host | join(",")) \(.asset)" elif .type == "refused" then .error else empty end' out
}

@test "findings meet assets by address, name, network and range" {
	for host in '"10.1.0.5"' '"10.1.0.6"' '"10.1.1.9"' '"10.1.1.21"' '"OMS-App01.Corp.Example."' '"2001:db8:0:0::7"' \
	    '"10.9.9.9"' '"10.9.9.9","10.1.0.6"' '"10.1.0.5","10.1.0.6"' '"::ffff:10.1.0.6"' '"10.1.0.006"' '"oms"'; do
		printf '{"type":"vulnerability","id":"v","name":"v","host":[%s],"manners":["theft"],"severity":3}\n' "$host"
	done >hosts
	meets 'NET=10.1.0.0/24' 'HOST=10.1.0.6;oms-app01.corp.example' 'RANGE=10.1.1.9-10.1.1.20' 'SHORT=10.1.1.21-30' 'SIX=2001:DB8::/32' >found
	same - found <<-'END'
	10.1.0.5 NET
	10.1.0.6 HOST
	10.1.1.9 RANGE
	10.1.1.21 SHORT
	OMS-App01.Corp.Example. HOST
	2001:db8:0:0::7 SIX
	10.9.9.9,10.1.0.6 HOST
	host: 10.1.0.5: of several assets
	::ffff:10.1.0.6 HOST
	host: 10.9.9.9: no asset has this address
	host: 10.1.0.006: no asset has this address
	host: oms: no asset has this address
	END
	# The same whichever comes first, and one address of two assets is of neither.
	sed -i '/of several\|10.9.9.9","10.1/d' hosts
	head -n 5 in >assets
	cat hosts assets >late
	{ intake late 2>/dev/null || true; } | grep '"type":"vulnerability"' | sort >a
	{ cat assets hosts | intake 2>/dev/null || true; } | grep '"type":"vulnerability"' | sort >b
	same a b
	sed -n 2p hosts >one && mv one hosts
	[ "$(meets 'A=10.1.0.6' 'B=10.1.0.6')" = 'host: 10.1.0.6: of several assets' ]
	[ "$(meets 'A=10.1.0.0/24' 'B=10.1.0.0/24')" = 'host: 10.1.0.6: of several assets' ]
	[ "$(meets 'A=10.1.0.0/24' 'B=10.1.0.0/25' 'C=10.0.0.0/8')" = '10.1.0.6 B' ]
	[ "$(meets 'A=0.0.0.0/0' 'B=::/0')" = '10.1.0.6 A' ]
	# What can only be meant as an address is one, or is refused.
	for address in 10.1.0.0/33 10.1.0.9-10.1.0.1 300.1.1.1 '10.0.0.1 - 10.0.0.9' 2001:db8::/129 1.2.3; do
		meets "A=$address" >found
		sed -n 1p found | same - <(echo "addresses[1]: $address is no address, network or range")
	done
	[ "$(meets 'A=srv-10' 'B=10.1.0.6')" = '10.1.0.6 B' ]
	# An asset that is refused is met by none of its addresses.
	meets 'A=10.1.0.6;300.1.1.1' >found
	sed -n 2p found | same - <(echo 'host: 10.1.0.6: no asset has this address')
}

@test "networks of every length hold what an independent count says" {
	"$PYTHON" - <<-'END'
	import ipaddress, json, random
	random.seed(6)
	nets, hosts = [], []
	for n in range(0, 33):
	    nets.append(ipaddress.ip_network((random.getrandbits(32), n), strict=False))
	for n in range(0, 129):
	    nets.append(ipaddress.ip_network((random.getrandbits(128), n), strict=False))
	for net in nets:
	    first, last = int(net[0]), int(net[-1])
	    kind = type(net[0])
	    for x in {first, last, first - 1, last + 1, random.randint(first, last)}:
	        if 0 <= x < 2 ** net.max_prefixlen:
	            hosts.append(kind(x))
	with open("in", "w") as f:
	    for i, net in enumerate(nets):
	        print(json.dumps({"type": "asset", "id": f"A{i}", "name": "n", "addresses": [str(net)],
	                          "confidentiality": 1, "integrity": 1, "availability": 1}), file=f)
	    for h in hosts:
	        print(json.dumps({"type": "vulnerability", "id": "v", "name": "v", "host": [str(h)],
	                          "manners": ["theft"], "severity": 3}), file=f)
	with open("want", "w") as f:
	    for h in hosts:
	        size = lambda net: net.num_addresses
	        # Addresses of version 4 are ::ffff:0:0/96 among those of version 6.
	        inside = [(size(net), f"A{i}") for i, net in enumerate(nets)
	                  if (h in net if h.version == net.version else
	                      h.version == 4 and net.version == 6 and ipaddress.IPv6Address(f"::ffff:{h}") in net or
	                      h.version == 6 and net.version == 4 and h.ipv4_mapped is not None and h.ipv4_mapped in net)]
	        best = [a for s, a in inside if s == min(inside)[0]] if inside else []
	        print(h, best[0] if len(best) == 1 else "none", file=f)
	END
	intake in 2>/dev/null >out || true
	"$PYTHON" - <<-'END' >found
	import json
	for line in sorted((json.loads(l) for l in open("out")), key=lambda r: 0):
	    if line["type"] == "vulnerability":
	        print(line["host"][0], line["asset"])
	END
	grep -v ' none$' want | sort | same - <(sort found)
}

@test "a host of no asset: refused, or with -A an asset to complete" {
	cat >a.csv <<-'END'
	资产编号,名称,地址,保密性,完整性,可用性
	A1,服务器,192.0.2.0/24,3,3,3
	END
	printf '%s\n' 'Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output' \
	    '1,,5.0,Medium,192.0.2.7,tcp,80,一,s,d,s,,o' '2,,5.0,Medium,198.51.100.9,tcp,80,二,s,d,s,,o' \
	    '3,,5.0,Medium,198.51.100.9,tcp,81,三,s,d,s,,o' >scan.csv
	gives 1 intake a.csv scan.csv
	says 'intake: scan.csv:3: host: 198.51.100.9: no asset has this address'
	says 'intake: scan.csv: nessus: 3 rows: 1 records, 2 refused; of unknown hosts: 2'
	[ "$(jq -r 'select(.type == "vulnerability").asset' out)" = A1 ]
	gives 0 intake -A a.csv scan.csv
	[ "$(jq -c 'select(.id == "198.51.100.9")' out)" = '{"type":"asset","id":"198.51.100.9","name":"198.51.100.9","addresses":["198.51.100.9"]}' ]
	[ "$(jq -r 'select(.type == "vulnerability").asset' out | sort | uniq -c | tr -s ' ' | paste -sd ' ')" = ' 2 198.51.100.9  1 A1' ]
	# Until it is completed it is refused by name.
	asset-value <out >valued 2>err || true
	grep -F 'confidentiality: missing' err
	gives 1 intake -n a.csv scan.csv
	golden scan-counts.out out
}

# scan ROW...: a scan of these rows, in scan.csv.
scan() {
	printf '%s\n' 'Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution' "$@" >scan.csv
}

@test "with -A each host is one asset, that a finding which holds has" {
	finding='{"type":"vulnerability","id":"v","name":"n","manners":["network-attack"],"severity":3,"host":'
	printf '%s["a",5]}\n' "$finding" >in
	gives 1 intake -A in
	[ "$(jq -r .type out)" = refused ]
	printf '%s["h1"]}\n' "${finding/:3/:99}" "${finding/\"v\"/\"w\"}" >in
	gives 1 intake -A in
	[ "$(jq -r 'select(.type == "asset").id' out)" = h1 ]
	# In whichever letters, by whichever of its addresses.
	printf '%s%s}\n' "${finding/\"v\"/\"1\"}" '["SRV1","10.0.0.9"]' \
		"${finding/\"v\"/\"2\"}" '["srv1."]' "${finding/\"v\"/\"3\"}" '["10.0.0.9"]' >in
	gives 0 intake -A in
	[ "$(jq -c 'select(.type == "asset") | [.id, .addresses]' out)" = '["10.0.0.9",["10.0.0.9","SRV1"]]' ]
	[ "$(jq -r 'select(.type == "vulnerability").asset' out | sort -u)" = 10.0.0.9 ]
	says 'intake: in: JSON Lines: 3 rows: 3 records; of unknown hosts: 3'
	# An asset of that name with other addresses is not the same.
	{
		echo '{"type":"asset","id":"srv1","name":"n","addresses":["10.9.9.9"],"confidentiality":1,"integrity":1,"availability":1}'
		printf '%s["srv1"]}\n' "$finding"
	} >in
	gives 1 intake -A in
	says 'intake: in:2: host: srv1: the asset srv1 is there and has not this address'
}

# findings HOSTS...: in JSON Lines, each with the hosts, parted by commas.
findings() {
	local n=0
	for hosts in "$@"; do
		n=$((n + 1))
		printf '{"type":"vulnerability","id":"v%s","name":"n","manners":["theft"],"severity":3,"host":["%s"]}\n' \
			"$n" "${hosts//,/\",\"}"
	done
}

@test "the address of a finding goes before its names" {
	findings 10.1.0.5,clone 10.1.0.9,clone 10.1.0.9 clone 10.9.9.9,bare bare 10.1.0.5,bare \
	    10.2.0.7,net 10.9.9.8,net clone,10.9.9.7 10.9.9.6,bare,clone 10.9.9.5,twice >hosts
	meets 'ONE=10.1.0.5;clone' 'BARE=bare' 'NET=10.2.0.0/24;net' 'T1=10.3.0.1;twice' 'T2=10.3.0.2;twice' >found
	same - found <<-'END'
	10.1.0.5,clone ONE
	clone ONE
	10.9.9.9,bare BARE
	bare BARE
	10.1.0.5,bare ONE
	10.2.0.7,net NET
	10.9.9.6,bare,clone BARE
	host: 10.1.0.9: no asset has this address; the name clone is that of ONE, at another
	host: 10.1.0.9: no asset has this address
	host: 10.9.9.8: no asset has this address; the name net is that of NET, at another
	host: 10.9.9.7: no asset has this address; the name clone is that of ONE, at another
	host: 10.9.9.5: no asset has this address; the name twice is that of several, at another
	END
	# With -A each has an asset of its own.
	gives 0 intake -A in
	jq -r 'select(.type == "asset" and .confidentiality == null) | "\(.id) \(.addresses | join(","))"' out | sort |
		same - <(printf '%s\n' '10.1.0.9 10.1.0.9,clone' '10.9.9.5 10.9.9.5,twice' '10.9.9.7 10.9.9.7,clone' '10.9.9.8 10.9.9.8,net')
	[ "$(jq -r 'select(.id == "v4").asset' out)" = ONE ]
}

@test "the stubs of -A as a spreadsheet, completed, are the assets of the scan" {
	cp -r "$ROOT/samples/scan/scan.csv" .
	mkdir -p samples/scan && cp scan.csv samples/scan/
	"$PYTHON" "$TESTS/examples.py" "$ROOT/man/intake.1" | grep -z hosts.csv | tr -d "\0" >shown
	TMPDIR=$PWD bash shown 2>err
	[ "$(wc -l <hosts.csv)" -gt 2 ]
	intake -A scan.csv 2>err | jq -r 'select(.type == "vulnerability") | "\(.id) \(.asset)"' | sort >stubs
	gives 1 asset-value hosts.csv
	sed -i 's/"","",""$/3,4,5/' hosts.csv
	intake hosts.csv scan.csv 2>err | jq -r 'select(.type == "vulnerability") | "\(.id) \(.asset)"' | sort >assets
	[ -s stubs ]
	same stubs assets
}

@test "the maps hand out manners alike, as their page says" {
	sed -n '/^\.Ss Manners of/,/^\.El/s/^\.It \([a-z, -]*\) Ta .*/\1/p' "$ROOT/man/risk-map.5" | tr -d ' ' | sort -u >listed
	[ "$(wc -l <listed)" -eq 10 ]
	for map in "$ROOT"/schemas/maps/*.json; do
		jq -r '.manners[].manners | if . == ["network-attack", "privilege-abuse"] then . else sort_by(. == "network-attack") end | join(",")' "$map" |
			sort -u | same listed -
		# The CWE that the page names, where the map looks at them.
		jq -e '[.manners[] | select(.pattern // "" | startswith("CWE"))] | length > 0' "$map" >yes || continue
		{ sed -n '/^\.Ss Manners of/,/^\.El/p' "$ROOT/man/risk-map.5" | sed 's/\\$//' | tr -d '\n' && echo; } | sed 's/\.It/\n/g' |
			sed -n 's/^ \([a-z, -]*\) Ta .*CWE \([0-9][0-9to, ]*\).*/\1|\2/p' >cwes
		[ "$(wc -l <cwes)" -eq 10 ]
		while IFS='|' read -r manners numbers; do
			for number in ${numbers//[a-z,]/ }; do
				jq -e --arg cwe "CWE:$number" --arg manners "${manners// /}" \
					'[.manners[] | select(.pattern as $p | $p != null and ($cwe | test($p; "i"))) | .manners | sort | join(",")] | index($manners | split(",") | sort | join(",")) != null' \
					"$map" >yes || { echo "$map $number $manners" && false; }
			done
		done <cwes
	done
}

@test "with -A the order of rows decides nothing" {
	# The oracle: findings with an address in common are one host; names follow.
	"$PYTHON" - <<-'END'
	import itertools, json, random, subprocess
	random.seed(11)
	def hosts(findings):
	    ip = lambda h: h[0].isdigit()
	    def together(sets):
	        sets = [set(s) for s in sets]
	        for i in range(len(sets)):
	            for k in range(i):
	                if sets[k] & sets[i]:
	                    sets[i] |= sets[k]
	                    sets[k] = set()
	        return [s for s in sets if s]
	    by_ip = together([[h for h in f if ip(h)] for f in findings if any(map(ip, f))])
	    by_name = together([f for f in findings if not any(map(ip, f))])
	    of = {}
	    for i, f in enumerate(findings):
	        mine = [s for s in by_ip if s & set(f)]
	        if not mine:
	            names = next(s for s in by_name if s & set(f))
	            mine = [s for s in by_ip if any(s & set(g) and names & set(g) for g in findings)] or [names]
	        of[i] = frozenset(mine[0]) if len(mine) == 1 else None
	    return of
	pool = ["10.0.0.%d" % i for i in range(1, 7)] + list("abcde")
	refused = 0
	for turn in range(60):
	    findings = [random.sample(pool, random.choice((1, 1, 2, 2, 3))) for _ in range(7)]
	    want = hosts(findings)
	    order = list(range(7))
	    for _ in range(4):
	        random.shuffle(order)
	        text = "".join(json.dumps({"type": "vulnerability", "id": str(i), "name": "n", "manners": ["theft"],
	                                   "severity": 3, "host": findings[i]}) + "\n" for i in order)
	        out = subprocess.run(["intake", "-A"], input=text, capture_output=True, text=True).stdout
	        records = [json.loads(line) for line in out.splitlines()]
	        got = {int(r["id"]): r["asset"] for r in records if r["type"] == "vulnerability"}
	        groups = lambda of: sorted(sorted(i for i in of if of[i] == x) for x in set(of.values()) if x is not None)
	        assert groups(got) == groups(want), (findings, order, got, want)
	        refused += 7 - len(got)
	        stubs = {r["id"]: set(r["addresses"]) for r in records if r["type"] == "asset"}
	        assert set(stubs) == set(got.values())
	        for i, asset in got.items():
	            assert set(findings[i]) <= stubs[asset], (findings, i, stubs)
	assert refused > 20
	END
}

@test "findings that are refused take nothing of others with them" {
	# As many CVEs as a record may have, and more: none is lost.
	"$PYTHON" - >rows <<-'END'
	for i in range(2500):
	    print(f"7,CVE-2020-{10000 + i},7.5,High,h,tcp,80,N,s,d,s")
	END
	mapfile -t rows <rows
	scan "${rows[@]}"
	gives 0 intake -A scan.csv
	[ "$(jq -r 'select(.type == "vulnerability") | .cve[]' out | sort -u | wc -l)" -eq 2500 ]
	# One is like another only if that became a record.
	scan 1,,75,High,h,tcp,80,N,s,d,s 1,,75,High,h,tcp,80,N,s,d,s 2,,7.5,High,h,tcp,80,N,s,d,s
	cp scan.csv again.csv
	echo '{"type":"asset","id":"A","name":"n","addresses":["h"],"confidentiality":1,"integrity":1,"availability":1}' >asset
	gives 1 intake asset scan.csv again.csv
	[ "$(jq -r 'select(.type == "refused").record' out | grep -c '^1,,75,')" -eq 4 ]
	[ "$(jq -r 'select(.type == "vulnerability").id' out)" = 2:h:80/tcp ]
	scan 1,,75,High,h,tcp,80,N,s,d,s 1,,7.5,High,h,tcp,80,N,s,d,s
	gives 1 intake asset scan.csv
	[ "$(jq -r 'select(.type == "vulnerability").id' out)" = 1:h:80/tcp ]
	# Rows above the heading that are broken are not passed over.
	{ printf 'bad\0nul,x\n,,,\n' && cat scan.csv; } >above.csv
	gives 1 intake -n above.csv
	grep -F 'first at line 1: a NUL byte' out
	same /dev/null err
}

@test "ids are of their length, and the same however rows are ordered" {
	long=$(printf 'x%.0s' {1..300})
	for id in "$long" "${long:0:196}" "${long:0:190}"; do
		scan "$id,,7.5,High,h,tcp,80,N,s,d,s" "$id,,7.5,High,h,tcp,80,M,s,d,s"
		gives 0 intake -A scan.csv
		[ "$(jq -r 'select(.type == "vulnerability").id' out | sort -u | wc -l)" -eq 2 ]
	done
	scan 1,CVE-2020-0002,7.5,High,h,tcp,80,N,s,d,s 1,CVE-2020-0001,7.5,High,h,tcp,80,N,s,d,s
	{ sed -n 1p scan.csv && sed -n 3p scan.csv && sed -n 2p scan.csv; } >other.csv
	gives 0 intake -A scan.csv other.csv
	[ "$(jq -c 'select(.type == "vulnerability").cve' out)" = '["CVE-2020-0001","CVE-2020-0002"]' ]
}

@test "scores with a vector behind them, or the vector alone" {
	for pair in '9.8 (CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H)=9.8 3.1 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' \
	    '(AV:N/AC:L/Au:N/C:P/I:P/A:P)=null 2.0 AV:N/AC:L/Au:N/C:P/I:P/A:P' '7.5=7.5 2.0 null'; do
		scan "1,,${pair%%=*},High,h,tcp,80,N,s,d,s"
		gives 0 intake -A scan.csv
		[ "$(jq -r 'select(.type == "vulnerability") | "\(.cvss) \(.cvss_version) \(.cvss_vector)"' out)" = "${pair#*=}" ]
	done
	for score in '7.5 (AV:N/AC:L/Au:N/C:P/I:P/A:P) and more' '7.5(' 7,5 75; do
		scan "1,,\"$score\",High,h,tcp,80,N,s,d,s"
		gives 1 intake -A scan.csv
		[ "$(jq -r 'select(.type == "vulnerability")' out)" = '' ]
	done
}

@test "documents with a byte order mark, NUL characters and numbers too large" {
	{ printf '\357\273\277' && cat "$TESTS/scans/trivy/image.json"; } >marked
	intake -A "$TESTS/scans/trivy/image.json" 2>/dev/null | grep -v refused >a || true
	intake -A marked 2>/dev/null | grep -v refused >b || true
	[ -s a ]
	same a b
	echo '{"matches":[{"vulnerability":{"id":"CVE-2020-1111","severity":"High","x":123456789012345678901234},"artifact":{"name":"n","version":"1"}}],"source":{"target":"h"},"descriptor":{}}' >big.json
	intake -A -n big.json >out
	sed -n 1p out | grep -F 'big.json: grype'
	echo null >none.json
	gives 1 intake -f nessus none.json
	gives 0 intake -f trivy none.json
}

@test "a cell of many thousand names does not take for ever" {
	"$PYTHON" - >cell <<-'END'
	print("1,\"" + " ".join(f"CVE-2020-{10000 + i}" for i in range(20000)) + "\",7.5,High,h,tcp,80,N,s,d,s")
	END
	scan "$(cat cell)"
	gives 1 timeout 60 intake -A scan.csv
	grep -F 'cve: too many items' err
}

@test "layouts that are not known, or that two maps fit" {
	echo '<html><body>no scan</body></html>' >page.xml
	gives 1 intake page.xml
	says 'intake: page.xml: XML of no known layout'
	echo '{"some": ["other", "document"]}' >other.json
	gives 1 intake other.json
	says 'intake: other.json: JSON of no known layout'
	printf '{\n"a": }' >broken.json
	gives 1 intake broken.json
	grep -q '^intake: broken.json:2: not JSON: ' err
	jq '.name = "twin"' "$ROOT/schemas/maps/nessus.json" >twin.json
	mkdir -p data/schemas/maps
	# A pattern that would be millions of states, however it is written.
	while read -r bomb; do
		jq --arg bomb "$bomb" '.fields.name.pattern = $bomb' twin.json >bomb.json
		gives 2 intake -f ./bomb.json "$ROOT"/tests/scans/*.nessus
		says "intake: ./bomb.json: $bomb: repeats too much"
	done <<-'END'
		((a{99}){99}){99}
		(a+)++++++++++++++++++++++++
		a)++++++++++++++++++++++++b
		((((a{9,}){9,}){9,}){9,}){9,}
		(([[:alpha:])]{99}){99}){99}
		((a{1,99}b){1,99}){1,99}
		(((a{99}){99}){99}){0}
	END
	# Each within its limit, all of them not.
	jq '.manners += [range(6) | {from: ["name"], pattern: "((a{95}b{5}){95})x\(.)", manners: ["scanning"]}]' twin.json >bombs.json
	gives 2 "$PYTHON" "$TESTS/elements.py" within 10 200 intake -f ./bombs.json "$ROOT"/tests/scans/*.nessus
	grep -E '^intake: \./bombs\.json: .*x[45]: with the patterns before, repeats too much$' err
	# JSON Lines are none of these, with whatever name.
	echo '{"type":"x"}' >lines
	cp lines lines.json
	quietly intake lines lines.json
	printf '{"type":"x"}\n{"type":"x"}\n' | same - out
	printf '{"type":\n{"type":"x"}\n' >bad.json
	gives 1 intake bad.json
	[ "$(jq -c .type out | paste -sd ' ')" = '"refused" "x"' ]
}

@test "a map that does not fit says what it misses" {
	printf '漏洞编号,漏洞名称,IP,级别\n1,n,192.0.2.1,高\n' >in.csv
	# An unknown file of a scanner: where to look.  Of a register: not so.
	gives 1 intake in.csv
	says "intake: in.csv:1: a scanner's file needs a map: see -f in intake(1), and risk-map(5)"
	printf '编号,名称,机密性\nA,n,1\n' >asset.csv
	gives 1 intake asset.csv
	without 'needs a map' err
	gives 1 asset-value in.csv
	without 'needs a map' err
	# The nearest row, whatever stands above it; nothing else is lost by it.
	{ echo '扫描结果' && cat in.csv; } >titled.csv
	jq '.layout = [["a", "b", "c", "IP"], ["漏洞编号", "漏洞 名称", "主机", "IP", "端口"]] | .name = "ours"' \
		"$ROOT/schemas/maps/nessus.json" >ours.json
	gives 1 intake -f ours.json titled.csv "$TESTS/scans/nessus/old.csv"
	grep -x 'intake: titled.csv:.*: the map ours does not fit: 主机, 端口 missing' err
	without 'needs a map' err
	[ "$(jq -r 'select(.type == "refused" and .source == "titled.csv").error' out | wc -l)" -eq 1 ]
	jq -r .error out | grep -F 'the map ours does not fit: 主机, 端口 missing'
	# Another map or a register fits as ever.
	printf '编号,名称,机密性,完整性,可用性\nA,n,1,1,1\n' >asset.csv
	quietly intake -f ours.json asset.csv
	echo '{"some": ["other", "document"]}' >other.json
	gives 1 intake -f grype other.json
	says 'intake: other.json: JSON of no known layout; the map grype does not fit: matches, descriptor missing'
	gives 1 intake -f nessus other.json
	says 'intake: other.json: JSON of no known layout; the map nessus is of CSV'
	echo '<html/>' >page.xml
	gives 1 intake -f nmap page.xml
	says 'intake: page.xml: XML of no known layout; the map nmap does not fit: nmaprun missing'
	gives 2 intake -f nosuch in.csv
	ls "$ROOT/schemas/maps" | sed 's/\.json$//' | sort >names
	sed 's/.*built in are //; s/, /\n/g' err | sort | same names -
	gives 2 intake -f nessus -f ours.json in.csv
	grep '^usage: intake ' err
	same /dev/null out
}

@test "what is no text for intake: workbooks, nothing at all" {
	printf 'PK\003\004\024\0\6\0' >book.xlsx
	{ printf '\320\317\021\340\241\261\032\341' && head -c 3000 /dev/zero; } >book.xls
	cp book.xlsx scan.csv
	for file in book.xlsx book.xls scan.csv; do
		gives 1 intake $file
		says "intake: $file: an Excel workbook, or another packed file: save the sheet as CSV"
		[ "$(wc -l <err)" -eq 1 ]
		[ "$(wc -l <out)" -eq 1 ]
		gives 1 intake <$file
		says 'intake: <stdin>: an Excel workbook, or another packed file: save the sheet as CSV'
	done
	printf 'PK,n\n' | gives 1 intake
	says 'intake: <stdin>:1: headings of no record type'
	: >no.json && : >no.csv && : >no.xml && : >no.nessus && printf ' \n' >blank.json && : >no.jsonl
	for file in no.json no.csv no.xml no.nessus blank.json; do
		gives 1 intake $file
		[ "$(jq -r .type out)" = refused ]
	done
	gives 1 intake no.json blank.json
	says 'intake: no.json:1: not JSON: empty'
	says 'intake: blank.json:2: not JSON: empty'
	quietly intake no.jsonl
	quietly intake <no.json
}

@test "a finding without a host says so" {
	scan 1,,7.5,High,,tcp,80,N,s,d,s '2,,75,High,",",tcp,80,N,s,d,s' 3,,7.5,High,h,tcp,80,N,s,d,s
	gives 1 intake -A scan.csv
	says 'intake: scan.csv:2: host: missing'
	says 'intake: scan.csv:3: host: missing'
	without 'asset: missing' err
	[ "$(jq -r .type out | paste -sd ' ')" = 'refused refused vulnerability asset' ]
	# A map may say the asset itself.
	jq '.fields |= (del(.host) | .asset = {"value": "A1"}) | .id = ["check"]' "$ROOT/schemas/maps/nessus.json" >ours.json
	gives 0 intake -f ./ours.json <(sed 's/75,/7.5,/' scan.csv)
	[ "$(jq -r .asset out | sort -u)" = A1 ]
}

@test "words of severity as scanners write them" {
	while read -r level words; do
		for word in $words; do
			printf '编号,名称,资产编号,威胁方式,危险等级\nV,n,A,窃取,%s\n' "$word" >in.csv
			quietly intake in.csv
			[ "$(jq -r .severity_word out)" = "$level" ] || { echo "$word" && false; }
		done
	done <<-'END'
	critical 严重 超危 危急 紧急 [紧急] Critical [CRITICAL]
	high 高 高危 高危险 高风险 高级 [高] 【高危】 （高） ［高］ (High) <高>
	medium 中 中危 中危险 中风险 中等 [中] moderate
	low 低 低危 低危险 低风险 [低]
	none 无 信息 [信息] info
	END
	for word in '[高' '高]' '[]' '[很]' '高高'; do
		printf '编号,名称,资产编号,威胁方式,危险等级\nV,n,A,窃取,%s\n' "$word" | gives 1 intake
	done
	# By a map as well, and manners by their Chinese names.
	jq 'del(.fields.severity_word.words) | .manners = [{"manners": ["越权或滥用", "theft"]}]' "$ROOT/schemas/maps/nessus.json" >ours.json
	scan 1,,,高风险,h,tcp,80,N,s,d,s
	gives 0 intake -A -f ./ours.json scan.csv
	[ "$(jq -c 'select(.type == "vulnerability") | [.severity_word, .manners]' out)" = '["high",["privilege-abuse","theft"]]' ]
}

@test "bombs and entities are refused at once" {
	for file in "$TESTS"/input/xml/*bomb* "$TESTS"/input/xml/*entity*; do
		[ -e "$file" ] || continue
		gives 1 timeout 5 intake "$file"
	done
	{
		echo '<!DOCTYPE NessusClientData_v2 [<!ENTITY a "aaaaaaaaaa">'
		for n in b c d e f g h i; do echo "<!ENTITY $n \"$(printf "&$(echo $n | tr b-i a-h);%.0s" 1 2 3 4 5 6 7 8 9 10)\">"; done
		echo ']><NessusClientData_v2><Report><ReportHost name="&i;"/></Report></NessusClientData_v2>'
	} >bomb.nessus
	gives 1 timeout 5 intake bomb.nessus
	grep -q 'entity' err
	echo '<!DOCTYPE NessusClientData_v2 [<!ENTITY x SYSTEM "file:///etc/hostname">]><NessusClientData_v2><Report><ReportHost name="&x;"/></Report></NessusClientData_v2>' >outside.nessus
	gives 1 timeout 5 intake outside.nessus
	grep -q 'entity' err
}

@test "a scan alone becomes risks and a report, in one line" {
	intake "$ROOT"/samples/scan/*.csv 2>/dev/null | asset-value | threat-rate | vuln-rate | risk-calc >risks
	[ "$(grep -c '"type":"risk"' risks)" -gt 10 ]
	[ "$(jq -r 'select(.type == "refused").error' risks | wc -l)" -le 3 ]
	report assessment <risks >out 2>err || true
	grep -q '^# 信息安全风险评估报告' out
}

# adds_up: in out, of intake -n, parts and reasons come to the rows and the refused.
adds_up() {
	"$PYTHON" - <<-'END'
	import re
	for part in re.split(r"\n(?=\S)", open("out").read().rstrip("\n")):
	    rows, rest = re.match(r".*\n\t(\d+) (?:cells and )?rows: (.*)", part).groups()
	    counts = {name: int(n) for n, name in (c.split(" ", 1) for c in rest.split(", "))}
	    assert int(rows) == sum(counts.values()), part
	    reasons = sum(int(n) for n in re.findall(r"\n\trefused: (\d+), ", part))
	    assert reasons == counts.get("refused", 0), part
	END
}

@test "counts add up, and reasons are whole" {
	# A heading that is refused, with titles above it and rows under it.
	printf '登记表\n资产编号,资产名称,保密性,完整性\nA1,n,3,4\n资产编号,资产名称,保密性,完整性\nA2,n,1,2\n' >lacks.csv
	gives 1 intake -n lacks.csv
	golden counts-lacks.out out
	adds_up
	gives 1 intake lacks.csv
	says 'intake: lacks.csv: not known: 5 rows: 0 records, 1 refused, 1 above the heading, 3 under a refused heading'
	# The file itself is no row.
	: >empty.csv
	head -c 1500 "$TESTS/scans/one-scan.nessus" >cut.nessus
	echo '{"matches":[' >cut.json
	gives 1 intake -A -n empty.csv cut.nessus cut.json
	golden counts-cut.out out
	adds_up
	# A wide table; a register with a column of its own, headings repeated, a row of spaces.
	printf '资产编号,名称,T1,T2\nA1,n,4,/\nA2,n,/,\nA3,n,9,很快\n合计,,1,1\n' >wide.csv
	printf '编号,名称,C,I,A,自编\nA1,n,1,1,1,x\n编号,名称,C,I,A,自编\nA2,n,1,1\n　,,,,,\nA3,n,a;b,9,9,"; y"\n' >assets.csv
	gives 1 intake -n wide.csv assets.csv
	golden counts-registers.out out
	adds_up
	# What a reason holds is not cut at a semicolon, and its place is no part of it.
	jq '.fields.host |= del(.pattern)' "$ROOT/schemas/maps/nessus.json" >whole.json
	scan '1,,7.5,High,10.20.1.10;10.20.2.9,tcp,80,N,s,d,s' '2,,7.5,High,10.20.1.10;10.20.2.9,tcp,80,N,s,d,s' 3,,75,High,,tcp,80,N,s,d,s
	gives 1 intake -n -f ./whole.json scan.csv
	grep -Fx $'\trefused: 2, first at line 2: host: 10.20.1.10;10.20.2.9: no asset has this address' out
	adds_up
	jq -c '.matches |= map(.vulnerability.cvss = [{"version": "3.1", "metrics": {"baseScore": 75}}] | .vulnerability.severity = "x; y")' \
		"$TESTS/scans/grype/image.json" >places.json
	gives 1 intake -A -n places.json
	without 'matches[2]: ' <(sed 's/first at [^:]*: //' out)
	grep -F 'first at matches[1]: ' out
	adds_up
	gives 1 intake -n "$TESTS"/scans/*/*
	adds_up
	# There is no message beside them; a file that is not there is trouble.
	same /dev/null err
	gives 2 intake -n nowhere.csv
	same /dev/null err
	grep -Fx $'\tthe file itself: No such file or directory' out
}

# bats test_tags=corpora
@test "every scan of the public corpora" {
	corpora scanners
	"$PYTHON" "$TESTS/scanners.py" corpus "$CORPORA/scanners" | grep -v '^#' >list
	[ "$(wc -l <list)" -ge 60 ]
	while IFS=$'\t' read -r format file; do
		agree "$format" "$file"
	done <list
}
