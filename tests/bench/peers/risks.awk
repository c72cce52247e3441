# mawk -f risks.awk, on TSV: the type, then the fields in the order of the JSON.
function grade(n) {
	return int((n + 4) / 5)
}

BEGIN { FS = "\t" }
$1 == "asset" { asset[$2] = $10 }
$1 == "threat" { threat[$2] = $8 }
$1 == "vulnerability" {
	a = asset[$4]
	f = threat[$5]
	s = $11
	likelihood = grade(f * s)
	loss = grade(a * s)
	level = grade(likelihood * loss)
	printf "{\"type\":\"risk\",\"id\":\"%s/%s/%s\",\"asset\":\"%s\"," \
	    "\"threat\":\"%s\",\"vulnerability\":\"%s\",\"asset_level\":%d," \
	    "\"frequency_level\":%d,\"severity_level\":%d," \
	    "\"likelihood_score\":%d,\"likelihood_level\":%d," \
	    "\"loss_score\":%d,\"loss_level\":%d,\"score\":%d," \
	    "\"level\":%d,\"acceptable\":%s}\n", $4, $5, $2, $4, $5, $2, a, f,
	    s, f * s, likelihood, a * s, loss, likelihood * loss, level,
	    level <= 3 ? "true" : "false"
}
