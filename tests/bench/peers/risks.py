"""python3 risks.py, with nothing but the standard library."""

import json
import sys


def grade(n):
    return (n + 4) // 5


def main():
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    assets, threats = {}, {}
    write = sys.stdout.write
    for line in sys.stdin:
        r = json.loads(line)
        if r["type"] == "asset":
            assets[r["id"]] = r["value_level"]
        elif r["type"] == "threat":
            threats[r["id"]] = r["frequency_level"]
        elif r["type"] == "vulnerability":
            a, s = assets[r["asset"]], r["severity_level"]
            for threat in r["threats"]:
                f = threats[threat]
                likelihood, loss = grade(f * s), grade(a * s)
                level = grade(likelihood * loss)
                write(encode({
                    "type": "risk", "id": f"{r['asset']}/{threat}/{r['id']}",
                    "asset": r["asset"], "threat": threat,
                    "vulnerability": r["id"], "asset_level": a,
                    "frequency_level": f, "severity_level": s,
                    "likelihood_score": f * s, "likelihood_level": likelihood,
                    "loss_score": a * s, "loss_level": loss,
                    "score": likelihood * loss, "level": level,
                    "acceptable": level <= 3}) + "\n")


main()
