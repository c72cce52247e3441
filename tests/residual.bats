# What remains, against oracle.py over the whole domain.

load helper

@test "treatments and what remains: all 125 with every set of levels after" {
	"$PYTHON" "$TESTS/oracle.py" treatments "$ROOT/schemas/methods/tfdl-1508.json"
	treat <in >treated
	residual <treated | sed '/"type":"treatment"/s/"priority":[0-9]*,//' >out
	same want out
	"$PYTHON" "$TESTS/oracle.py" attention treated
}
