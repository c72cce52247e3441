# Decisions applied.

load helper

@test "treatments: the most specific decision wins" {
	"$PYTHON" "$TESTS/oracle.py" treatments "$ROOT/schemas/methods/tfdl-1508.json"
	grep -m 4 '"type":"risk"' in >risks
	cat >decisions <<-'END'
	{"type":"decision","asset":"A1","option":"retain"}
	{"type":"decision","vulnerability":"V1","option":"accept"}
	{"type":"decision","risk":"A1/T1/V1","option":"avoid"}
	{"type":"decision","asset":"A2","option":"transfer"}
	{"type":"decision","vulnerability":"V2","option":"control"}
	{"type":"decision","asset":"A3","option":"accept","cost":0.1}
	END
	# One that a more specific one goes before has met its risk.
	quietly treat decisions risks
	sed 's/"A2"/"A99"/' decisions >slip
	gives 0 treat slip risks
	says 'treat: decisions that met no risk: 1, the first on asset A99'
	jq -r 'select(.type == "treatment") | "\(.option) \(.decided_by) \(.cost) \(.problems | join(","))"' out >found
	cat >want <<-'END'
	avoid risk null justification
	control vulnerability null measure,department,owner,due,effect
	accept asset 0.1 justification,expires
	retain null null 
	END
	same want found
	grep -q '"cost":0.1,' out
}

@test "two decisions of the same rank: those that agree pass, those that disagree are refused" {
	risk='{"type":"risk","id":"A/T/V","asset":"A","threat":"T","vulnerability":"V","asset_level":4,"frequency_level":4,"severity_level":4,"likelihood_score":16,"likelihood_level":4,"loss_score":16,"loss_level":4,"score":16,"level":4,"acceptable":false,"method":"METHOD"}'
	id=$(risk-lint -m tfdl-1508 | sed -n '1s/:.*//p')
	{
		echo '{"type":"decision","vulnerability":"V","option":"control","measure":"加固","cost":5}'
		echo '{"type":"decision","option":"control","cost":5,"measure":"加固","vulnerability":"V"}'
		echo '{"type":"decision","asset":"A","option":"accept"}'
		echo "${risk/METHOD/$id}"
	} >in
	gives 0 treat in
	[ "$(jq -r 'select(.type == "treatment") | "\(.option) \(.decided_by)"' out)" = 'control vulnerability' ]
	sed '2s/"cost":5/"cost":5.0/; 2s/加固/\\u52a0固/' in >alike
	gives 0 treat alike
	for other in '"measure":"别的","cost":5' '"measure":"加固","cost":6' '"measure":"加固"'; do
		sed "2s/.*/{\"type\":\"decision\",\"vulnerability\":\"V\",\"option\":\"control\",$other}/" in >disagree
		gives 1 treat disagree
		says 'treat: disagree:2: another decision on vulnerability V is there already, and they disagree'
	done
	sed '2s/control/avoid/' in >disagree
	gives 1 treat disagree
}
