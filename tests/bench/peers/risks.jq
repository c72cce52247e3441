# jq -cn -f risks.jq
# One flat table: a nested one would be copied with every entry.
def grade: (. + 4) / 5 | floor;

foreach inputs as $r ({};
    if $r.type == "asset" then .["asset/" + $r.id] = $r.value_level
    elif $r.type == "threat" then .["threat/" + $r.id] = $r.frequency_level
    else . end;
    select($r.type == "vulnerability")
    | .["asset/" + $r.asset] as $a
    | $r.severity_level as $s
    | . as $levels
    | $r.threats[]
    | . as $threat
    | $levels["threat/" + $threat] as $f
    | ($f * $s | grade) as $likelihood
    | ($a * $s | grade) as $loss
    | ($likelihood * $loss | grade) as $level
    | {type: "risk", id: "\($r.asset)/\($threat)/\($r.id)", asset: $r.asset,
       threat: $threat, vulnerability: $r.id, asset_level: $a,
       frequency_level: $f, severity_level: $s,
       likelihood_score: ($f * $s), likelihood_level: $likelihood,
       loss_score: ($a * $s), loss_level: $loss,
       score: ($likelihood * $loss), level: $level,
       acceptable: ($level <= 3)})
