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
	[ "$(grep -c '"frequency_level":3,"frequency_basis":"history","incident_count":10,"window_from":"2025-01-01","window_to":"2025-12-31"}' out)" -eq 10000 ]
}

# history FROM TO: a threat with 12 incidents, one a month from July 2024.
history() {
	echo "{\"type\":\"assessment\",\"title\":\"t\",\"period_from\":\"$1\",\"period_to\":\"$2\"}"
	echo '{"type":"threat","id":"T","name":"n"}'
	for month in 2024-0{7..9} 2024-1{0..2} 2025-0{1..6}; do
		echo "{\"type\":\"incident\",\"id\":\"$month\",\"name\":\"n\",\"date\":\"$month-01\",\"threat\":\"T\"}"
	done
}

@test "a window of its own instead of the assessment's period" {
	history 2025-01-01 2025-12-31 >in
	rated='select(.type == "threat") | [.frequency_level, .incident_count, .window_from, .window_to]'
	quietly threat-rate in
	[ "$(jq -c "$rated" out)" = '[3,6,"2025-01-01","2025-12-31"]' ]
	quietly threat-rate -w 2024-07-01..2025-06-30 in
	[ "$(jq -c "$rated" out)" = '[4,12,"2024-07-01","2025-06-30"]' ]
	# Its first and last day are in it, the days beside them are not.
	quietly threat-rate -w 2024-08-01..2024-10-01 in
	[ "$(jq -c "$rated" out)" = '[4,3,"2024-08-01","2024-10-01"]' ]
	quietly threat-rate -w 2024-08-02..2024-09-30 in
	[ "$(jq -c "$rated" out)" = '[4,1,"2024-08-02","2024-09-30"]' ]
	quietly threat-rate -w 2023-01-01..2023-12-31 in
	[ "$(jq -c "$rated" out)" = '[2,0,"2023-01-01","2023-12-31"]' ]
	# No assessment has to say a period then.
	sed 1d in >none
	gives 1 threat-rate none
	quietly threat-rate -w 2024-07-01..2025-06-30 none
	# Twice is once; another window is another rating.
	quietly threat-rate -w 2024-07-01..2025-06-30 in
	cp out once
	quietly threat-rate -w 2024-07-01..2025-06-30 once
	same once out
	gives 1 threat-rate -w 2024-07-01..2025-06-29 once
	says 'threat-rate: once:2: window_to: "2025-06-30" stands here already, and it comes to another'
}

@test "windows that are none" {
	for window in 2025-01-01 2025-01-01,2025-12-31 2025-02-29..2025-12-31 ..2025-12-31 2025-01-01.. \
		2025-01-01..2025-12-31x 2025-1-1..2025-12-31 '' ..; do
		gives 2 threat-rate -w "$window" /dev/null
		says "threat-rate: $window: not two days, FROM..TO"
	done
	gives 2 threat-rate -w 2025-01-02..2025-01-01 /dev/null
	says 'threat-rate: 2025-01-02..2025-01-01: ends before it begins'
}

@test "100000 incidents of a spreadsheet, rated in seconds" {
	"$PYTHON" - >incidents.csv <<-'END'
	print("事件编号,发生日期,事件名称,威胁编号,资产编号")
	for i in range(100000):
	    print("I%d,%d年%d月%d日,事件,T%d,A%d" % (i, 2023 + i % 3, i // 3 % 12 + 1, i % 28 + 1, i % 50, i % 400))
	END
	"$PYTHON" - >threats.csv <<-'END'
	print("威胁编号,威胁名称,威胁主体")
	for i in range(50):
	    print("T%d,n,恶意" % i)
	END
	timeout 20 intake threats.csv incidents.csv | timeout 20 threat-rate -w 2024-07-01..2025-06-30 >out
	"$PYTHON" - >want <<-'END'
	import datetime
	counts = [0] * 50
	for i in range(100000):
	    day = datetime.date(2023 + i % 3, i // 3 % 12 + 1, i % 28 + 1)
	    counts[i % 50] += datetime.date(2024, 7, 1) <= day <= datetime.date(2025, 6, 30)
	for i, n in enumerate(counts):
	    print("T%d %d" % (i, n))
	END
	jq -r 'select(.type == "threat") | "\(.id) \(.incident_count)"' out | same want -
}
