"""What changed between two streams of risks, written apart from risk-diff.

    changes.py make SEED     two small assessments, in the files old and new
    changes.py want OLD NEW [-s]   the records that risk-diff must write
    changes.py valid FILE    whether each of these is valid by its schema

Both streams are read whole here; the arithmetic is that of oracle.py.
"""

import copy
import json
import random
import sys

import oracle

ROOT = __file__.rsplit("/", 2)[0]
METHOD = oracle.method_id(json.load(open(ROOT + "/schemas/methods/tfdl-1508.json")))
KINDS = ("asset", "threat", "vulnerability")
LEVELS = ("asset_level", "frequency_level", "severity_level")


def measured(inherent, effect):
    return max(1, inherent - oracle.MEASURES[effect])


# Two assessments.

def assessment(rng, n_assets, n_threats, n_weak):
    assets = {f"A{i}": {"name": f"资产{i % max(1, n_assets - 1)}", "level": rng.randint(1, 5),
                        "maximum": rng.choice((None, None, None, 2, 4))}
              for i in range(n_assets)}
    threats = {f"T{i}": {"name": f"威胁{i % max(1, n_threats - 1)}", "level": rng.randint(1, 5)}
               for i in range(n_threats)}
    weak = {}  # by asset and id: ids are the asset's alone
    for i in range(n_weak):
        asset = rng.choice(list(assets))
        weak[asset, f"V{sum(a == asset for a, _ in weak)}"] = {
            "name": f"弱点{rng.randint(0, n_weak // 2)}",
            "threats": rng.sample(list(threats), rng.randint(1, 2)),
            "inherent": rng.randint(1, 5),
            "effect": rng.choice((None, None, "none", "partial", "full"))}
    return {"assets": assets, "threats": threats, "weak": weak}


def renumbered(rng, things, letter):
    """Some of the things under another id, or under that of another."""
    ids = list(things)
    moved = rng.sample(ids, len(ids) // 3)
    to = moved[1:] + moved[:1] if rng.random() < 0.5 else [
        f"{letter}n{i}" for i in range(len(moved))]
    names = dict(zip(moved, to))
    return {names.get(k, k): v for k, v in things.items()}, names


def renumber_weak(rng, weak):
    """Some under another id, or assets' ids in another order."""
    if rng.random() < 0.5:
        moved = set(rng.sample(list(weak), len(weak) // 3))
        return {(a, v + "n" if (a, v) in moved else v): w for (a, v), w in weak.items()}
    ids = {}
    for a, v in weak:
        ids.setdefault(a, []).append(v)
    return {(a, ids[a].pop()): w for (a, _), w in weak.items()}


def a_year_later(rng, year):
    year = copy.deepcopy(year)
    for a in year["assets"].values():
        if rng.random() < 0.3:
            a["level"] = rng.randint(1, 5)
        if rng.random() < 0.1:
            a["name"] += "（改名）"
        if rng.random() < 0.2:
            a["maximum"] = rng.choice((None, 2, 3, 4))
    for t in year["threats"].values():
        if rng.random() < 0.3:
            t["level"] = rng.randint(1, 5)
    for w in year["weak"].values():
        if rng.random() < 0.3:
            w["inherent"] = rng.randint(1, 5)
        if rng.random() < 0.3:
            w["effect"] = rng.choice((None, "none", "partial", "full"))
        if rng.random() < 0.1:
            w["threats"] = [rng.choice(list(year["threats"]))]
        if rng.random() < 0.1:
            w["name"] += "（改名）"
    extra = assessment(rng, 3, 3, 6)
    if rng.random() < 0.5:
        year["assets"], ids = renumbered(rng, year["assets"], "A")
        year["weak"] = {(ids.get(a, a), v): w for (a, v), w in year["weak"].items()}
    if rng.random() < 0.5:
        year["threats"], ids = renumbered(rng, year["threats"], "T")
        for w in year["weak"].values():
            w["threats"] = [ids.get(t, t) for t in w["threats"]]
    if rng.random() < 0.5:
        year["weak"] = renumber_weak(rng, year["weak"])
    if rng.random() < 0.5:  # to another asset, of the same name it may be
        year["weak"] = {(rng.choice(list(year["assets"])) if rng.random() < 0.2 else a, f"{v}{'m' * n}"): w
                        for n, ((a, v), w) in enumerate(year["weak"].items())} \
            if rng.random() < 0.2 else {
                (rng.choice([b for b in year["assets"] if (b, v) not in year["weak"]] or [a]) if rng.random() < 0.2 else a, v): w
                for (a, v), w in year["weak"].items()}
    for kind in ("assets", "threats"):
        for key, thing in extra[kind].items():
            year[kind][key + "+"] = thing
    for i, w in enumerate(extra["weak"].values()):
        w["threats"] = [rng.choice(list(year["threats"]))]
        year["weak"][rng.choice(list(year["assets"])), f"V{i}+"] = w
    gone = rng.choice(list(year["assets"]))
    del year["assets"][gone]
    year["weak"] = {k: w for k, w in year["weak"].items()
                    if k[0] != gone and rng.random() >= 0.2}
    return year


def stream(rng, year):
    out = []
    for key, a in year["assets"].items():
        out.append({"type": "asset", "id": key, "name": a["name"], "confidentiality": a["level"],
                    "integrity": a["level"], "availability": a["level"],
                    "value": a["level"], "value_level": a["level"]})
    for key, t in year["threats"].items():
        out.append({"type": "threat", "id": key, "name": t["name"], "frequency": t["level"],
                    "frequency_level": t["level"], "frequency_basis": "assessor"})
    for (of, key), w in year["weak"].items():
        after = measured(w["inherent"], w["effect"])
        r = {"type": "vulnerability", "id": key, "name": w["name"], "asset": of,
             "threats": w["threats"], "severity": w["inherent"]}
        if w["effect"] is not None:
            r["existing_measures"] = "措施"
            r["measure_effectiveness"] = w["effect"]
        out.append(r | {"inherent_severity": w["inherent"], "severity_level": after,
                        "severity_basis": "assessor"})
        for t in w["threats"]:
            asset = year["assets"][of]
            a, f = asset["level"], year["threats"][t]["level"]
            ids = {"asset": of, "threat": t, "vulnerability": key}
            r = {"type": "risk", "id": "/".join(ids.values())} | ids | {
                "asset_level": a, "frequency_level": f, "severity_level": after} | oracle.risk_of(a, f, after)
            if asset["maximum"] is not None:
                r["maximum_level"] = asset["maximum"]
            r |= {"acceptable": oracle.acceptable(r["level"], asset["maximum"]),
                  "method": METHOD}
            out.append(r)
            if rng.random() < 0.5:
                option = rng.choice(("retain", "control", "accept", "undecided"))
                d = {"type": "treatment", "risk": r["id"]} | ids | {
                    k: r[k] for k in (*LEVELS, "score", "level", "acceptable", "method")}
                d |= {"option": option, "priority": 1, "problems": []}
                if option == "control":
                    d |= {"due": f"2024-0{rng.randint(1, 9)}-15",
                          "status": rng.choice(("planned", "in-progress", "done"))}
                out.append(d)
    if rng.random() < 0.3:
        out.insert(rng.randrange(len(out)), {
            "type": "refused", "source": "x.csv", "line": 3, "error": "e", "record": "r"})
    return out


def make(seed):
    rng = random.Random(seed)
    old = assessment(rng, rng.randint(2, 8), rng.randint(2, 6), rng.randint(4, 30))
    new = a_year_later(rng, old)
    if rng.random() < 0.5:
        old, new = new, old
    for path, year in (("old", old), ("new", new)):
        with open(path, "w") as f:
            for r in stream(rng, year):
                f.write(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n")


# What changed.

def key_of(kind, risk):
    """By what its asset, threat or vulnerability is known."""
    return (risk["asset"], risk[kind]) if kind == "vulnerability" else risk[kind]


class Year:
    def __init__(self, path):
        self.of = {k: {} for k in (*KINDS, "treatment")}
        self.risks = {}
        self.refused = []
        for text in open(path):
            r = json.loads(text)
            if r["type"] == "risk":
                self.risks[r["id"]] = r
            elif r["type"] == "treatment":
                self.of["treatment"][r["risk"]] = r
            elif r["type"] == "vulnerability":
                self.of["vulnerability"][r["asset"], r["id"]] = r
            elif r["type"] in KINDS:
                self.of[r["type"]][r["id"]] = r
            elif r["type"] == "refused":
                self.refused.append(text)

    def name(self, kind, key):
        return self.of[kind].get(key, {}).get("name")

    def token(self, kind, key, other):
        """The id of what other has an id of, the name of the rest."""
        return ("id", key) if key in other.of[kind] else ("name", self.name(kind, key))

    def tokens(self, risk, other):
        found = tuple(self.token(k, key_of(k, risk), other) for k in KINDS)
        return None if ("name", None) in found else found

    def called(self, kind, key, other):
        r = self.of[kind][key]
        return (r["name"], kind == "vulnerability" and self.token("asset", r["asset"], other))

    def has(self, kind, key, other):
        """By its id, or by its names among those that other has no id of."""
        return key in self.of[kind] or other.called(kind, key, self) in (
            self.called(kind, k, other) for k in self.of[kind] if k not in other.of[kind])


def put_back(after, **levels):
    r = {k: after[k] for k in LEVELS} | levels
    risk = oracle.risk_of(*(r[k] for k in LEVELS))
    return {"score": risk["score"], "level": risk["level"],
            "part": after["score"] - risk["score"]}


def causes(old, new, before, after):
    for kind, cause in zip(LEVELS[:2], ("asset-value", "frequency")):
        if before[kind] != after[kind]:
            yield {"cause": cause, "before": before[kind], "after": after[kind]} | put_back(
                after, **{kind: before[kind]})
    w = [y.of["vulnerability"][key_of("vulnerability", r)] for y, r in ((old, before), (new, after))]
    inherent = [x["inherent_severity"] for x in w]
    effect = [x.get("measure_effectiveness") for x in w]
    # By inherent severity and by effect; what each makes alone decides.
    by = [[measured(i, e) for e in effect] for i in inherent]
    if by[0][0] != by[1][0] or by[0][1] != by[1][1]:
        yield {"cause": "severity", "before": inherent[0], "after": inherent[1]} | put_back(
            after, severity_level=measured(inherent[0], effect[1]))
    if by[0][0] != by[0][1] or by[1][0] != by[1][1]:
        yield {"cause": "measure", "before": inherent[0] - before["severity_level"],
               "after": inherent[1] - after["severity_level"]} | put_back(
            after, severity_level=measured(inherent[1], effect[0]))
    limits = [r.get("maximum_level") for r in (before, after)]
    if any(oracle.acceptable(r["level"], limits[0]) != oracle.acceptable(r["level"], limits[1])
           for r in (before, after)):
        yield {"cause": "limit"} | {
            k: v for k, v in zip(("before", "after"), limits) if v is not None}


def appearance(here, there, risk, word):
    asset = not there.has("asset", risk["asset"], here)
    if asset:
        yield {"cause": "asset-" + word}
    threat = not there.has("threat", risk["threat"], here)
    if threat:
        yield {"cause": "threat-" + word}
    weak = not asset and not there.has(
        "vulnerability", key_of("vulnerability", risk), here)
    if weak:
        yield {"cause": "vulnerability-" + word}
    if not (asset or threat or weak):
        yield {"cause": "link-" + word}
    if there.refused:
        yield {"cause": "refused"}


def side(year, risk, which):
    for k in (*LEVELS, "likelihood_level", "loss_level", "score", "level", "maximum_level",
              "acceptable", "method"):
        if k in risk:
            yield f"{which}_{k}", risk[k]
    t = year.of["treatment"].get(risk["id"], {})
    for k in ("option", "due", "status"):
        if k in t:
            yield f"{which}_{k}", t[k]


def pairs(old, new):
    """Every risk of the newer one with its partner, then those left of the older."""
    partner = {k: k for k in new.risks if k in old.risks}
    left = {}
    for k, r in old.risks.items():
        if k not in new.risks and old.tokens(r, new):
            left.setdefault(old.tokens(r, new), []).append(k)
    for k, r in new.risks.items():
        if k not in partner and left.get(new.tokens(r, old)):
            partner[k] = left[new.tokens(r, old)].pop(0)
    for k in new.risks:
        yield partner.get(k), k
    taken = set(partner.values())
    for k in old.risks:
        if k not in taken:
            yield k, None


def changes(old, new, same_too):
    for a, b in pairs(old, new):
        before, after = old.risks.get(a), new.risks.get(b)
        year, risk = (old, before) if after is None else (new, after)
        r = {"type": "change", "risk": risk["id"]}
        if None not in (a, b) and a != b:
            r["former_risk"] = a
        r |= {k: risk[k] for k in KINDS}
        r |= {k + "_name": year.name(k, key_of(k, risk)) for k in KINDS}
        if before is None or after is None:
            r["what"] = "removed" if after is None else "added"
            r["causes"] = list(appearance(*((old, new) if after is None else (new, old)), risk,
                                          "gone" if after is None else "new"))
        else:
            way = (after["score"] > before["score"]) - (after["score"] < before["score"])
            r["what"] = ("lowered", "same", "raised")[way + 1]
            r["causes"] = list(causes(old, new, before, after))
            if way == 0 and before["acceptable"] == after["acceptable"] and not same_too:
                continue
        if before is not None:
            r |= side(old, before, "before")
        if after is not None:
            r |= side(new, after, "after")
        yield r


def valid(path):
    import jsonschema
    schema = json.load(open(ROOT + "/schemas/change.json"))
    check = jsonschema.Draft202012Validator(schema)
    for text in open(path):
        check.validate(json.loads(text))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]))
    elif sys.argv[1] == "valid":
        valid(sys.argv[2])
    else:
        old, new = Year(sys.argv[2]), Year(sys.argv[3])
        sys.stdout.writelines(old.refused + new.refused)
        for change in changes(old, new, "-s" in sys.argv):
            print(json.dumps(change, ensure_ascii=False, separators=(",", ":")))
