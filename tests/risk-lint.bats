# What risk-lint says of method files; whether they hold is in method.bats.

load helper

@test "what each shipped method reaches" {
	for file in "$ROOT"/schemas/methods/*.json; do
		quietly risk-lint -m "$(basename "$file" .json)"
		cat out >>all
		quietly risk-lint -m "$file"
		tail -n "$(wc -l <out)" all | same - out
	done
	golden risk-lint.out all
}

@test "a level that nothing reaches is said" {
	with '.scales.risk[3].to = 25 | .scales.risk[4].from = 26 | .scales.risk[4].to = 30'
	quietly risk-lint -m "$method"
	grep -Fx 'risk level 5 (26-30): 0 of 125, nothing reaches it' out
}

@test "it needs a method, and takes no file" {
	gives 2 risk-lint
	says 'usage: risk-lint -m method'
	gives 2 risk-lint -m tfdl-1508 file
	gives 2 risk-lint -m nowhere
	gives 2 sh -c "risk-lint -m tfdl-1508 >/dev/full"
	says "risk-lint: <stdout>: No space left on device"
}
