# Threats rated, against oracle.py over whole domains.

load helper

@test "threat frequency: all 125 of the table, and the assessor's" {
	check threats threat-rate
}

@test "threat frequency: another table" {
	with '.threat_table = [range(5) | [range(5) | [range(5) | 4]]] | .threat_table[4] = [range(5) | [range(5) | 5]]'
	for a in 4 5; do
		echo "{\"type\":\"threat\",\"id\":\"t$a\",\"name\":\"n\",\"attractiveness\":$a,\"capability\":1,\"exploitability\":1}"
	done | threat-rate -m "$method" | jq .frequency_level | tr '\n' ' ' | grep -qx '4 5 '
}

@test "threat frequency: 0 to 400 incidents in periods from a year to three days" {
	for method in year leap-year year-from-july half-year quarter month ten-days three-days; do
		check history threat-rate
	done
}

@test "100000 incidents rate 10000 threats at once" {
	"$PYTHON" - >in <<-'END'
	print('{"type":"assessment","title":"t","period_from":"2025-01-01","period_to":"2025-12-31"}')
	for i in range(10000):
	    print('{"type":"threat","id":"T%d","name":"n"}' % i)
	for i in range(100000):
	    print('{"type":"incident","id":"I%d","name":"n","date":"2025-03-04","threat":"T%d"}' % (i, i % 10000))
	END
	timeout 20 threat-rate in >out
	[ "$(grep -c '"frequency_level":3,"frequency_basis":"history","incident_count":10}' out)" -eq 10000 ]
}
