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
	gives 0 treat decisions risks
	says 'treat: decisions that met no risk: 3, the first on asset A1'
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
