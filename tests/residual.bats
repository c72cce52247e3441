# What remains, against oracle.py over the whole domain.

load helper

@test "treatments and what remains: all 125 with every set of levels after" {
	"$PYTHON" "$TESTS/oracle.py" treatments "$ROOT/schemas/methods/tfdl-1508.json"
	treat <in >treated
	residual <treated | sed '/"type":"treatment"/s/"priority":[0-9]*,//' >out
	same want out
	"$PYTHON" "$TESTS/oracle.py" attention treated
}

# problem DAY: what is wrong with the treatment on stdin by a day.
problems() {
	residual ${1:+-D "$1"} | jq -c 'select(.type == "residual").problems'
}

@test "what is amiss: a risk that rises, work overdue, an acceptance that has ended" {
	id=$(risk-lint -m tfdl-1508 | sed -n '1s/:.*//p')
	t='{"type":"treatment","risk":"A/T/V","asset":"A","threat":"T","vulnerability":"V","asset_level":3,"frequency_level":3,"severity_level":3,"score":4,"level":1,"acceptable":true,"method":"'$id'","option":"control","priority":1,"problems":[]}'
	[ "$(jq -c '.due = "2025-12-31"' <<<"$t" | problems 2025-12-31)" = '[]' ]
	[ "$(jq -c '.due = "2025-12-31"' <<<"$t" | problems 2026-01-01)" = '["overdue"]' ]
	[ "$(jq -c '.due = "2025-12-31" | .status = "in-progress"' <<<"$t" | problems 2026-01-01)" = '["overdue"]' ]
	[ "$(jq -c '.due = "2025-12-31" | .status = "done"' <<<"$t" | problems 2026-01-01)" = '[]' ]
	[ "$(jq -c '.option = "accept" | .expires = "2025-12-31"' <<<"$t" | problems 2026-01-01)" = '["expired"]' ]
	[ "$(jq -c '.expected_frequency = 5' <<<"$t" | problems)" = '["higher"]' ]
	[ "$(jq -c '.expected_frequency = 5 | .due = "2025-01-01" | .expires = "2025-01-01"' <<<"$t" | problems 2026-01-01)" = '["higher","overdue","expired"]' ]
	# By the end of the period, where -D does not say; never by the clock.
	due=$(jq -c '.due = "2025-06-30"' <<<"$t")
	[ "$(problems <<<"$due")" = '[]' ]
	a='{"type":"assessment","title":"t","period_to":"2025-12-31"}'
	[ "$({ echo "$a" && echo "$due"; } | problems)" = '["overdue"]' ]
	[ "$({ echo "$a" && echo "$due"; } | problems 2025-06-30)" = '[]' ]
	gives 2 residual -D 2025-02-29
}
