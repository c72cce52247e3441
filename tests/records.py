"""Records good and bad, and what an independent validator says of them.

    records.py make             hundreds of records of every type, on stdout
    records.py agree IN OUT     intake made OUT of IN as the validator has it
    records.py valid FILE...    every record of a type is valid
    records.py schemas          the schemas themselves are
"""

import json
import random
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

SCHEMAS = {p.stem: json.loads(p.read_text()) for p in sorted(
    (Path(__file__).parent.parent / "schemas").glob("*.json"))
    if p.stem not in ("method", "map")}
NAMES = ["调度主站服务器", "a", "Ω≈ç", "😀𠮷", "x\ty\n\"z\\", "  ", "é\u2028"]
DAYS = ["2025-02-28", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"]
NO_DAYS = ["2025-02-29", "1900-02-29", "2025-13-01", "2025-00-01", "2025-1-01",
           "2025-2-3", "2025-04-31", "20250203", "2025-W01-1", "2025-01-00",
           "2025-01-01T00:00", " 2025-01-01", "2025-01-01 ", "二〇二五", "",
           "0000-01-01", "２０２５-01-01", "2025/01/01"]
MOMENTS = ["2025-01-31T23:59", "2025-12-01T00:00:59"]
NO_MOMENTS = ["2025-01-31", "2025-01-31T24:00", "2025-01-31 10:00", "",
              "2025-01-31T10:60", "2025-13-31T10:00", "2025-01-31T10:00Z",
              "2025-01-31T10:00:60", "2025-01-32T10:00", "2025-1-31T10:00",
              "2025-02-30T10:00", "2025-02-29T10:00:00", "1900-02-29T00:00"]
KINDS = [None, True, False, 0, 3, -1, 2.5, "", "高", "3", [], [1], {}]
MIXED = [3.0, 1e0, 4.999999, 0.999999, 5.000001, -0.0, 2 ** 53, 1e300, -1e300]
CONTROLS = ["a\nb", "a\t", "\x01", "\x1fb", "a\x7f"]
PATTERNS = {"^[^/\x01-\x1f\x7f]+$":
            (["WL-01", "a b", "编号", "\x80"], ["a/b", "/", "a/", *CONTROLS]),
            "^[^\x01-\x1f\x7f]+$": (["V-01", "a/b"], CONTROLS),
            "^[^/\x01-\x1f\x7f]+/[^/\x01-\x1f\x7f]+/[^\x01-\x1f\x7f]+$":
            (["A/T/V", "资产/T/V/1"],
             ["A/T", "/T/V/1", "A//V/1", "A/T/", "ATV12", "A/T/V\n", "A/T/V\nd"]),
            "^[a-z]+ ([^\x01-\x1f\x7f]* )?[0-9a-f]{16}$":
            (["risk A/T/V " + "0a" * 8, "assessment " + "f" * 16],
             ["risk", "risk A/T/V", "A/T/V " + "0a" * 8, "risk A\n" + " " + "0a" * 8, "risk  " + "0A" * 8]),
            "^[0-9a-f]{64}$": (["0a" * 32], ["0a" * 31, "0A" * 32, "g" * 64]),
            "^[a-z0-9][a-z0-9-]*@[0-9a-f]{8}$":
            (["tfdl-1508@0123abcd"], ["x@0123ABCD", "-x@0123abcd", "0123abcd",
                                      "x@0123abcde"])}


def is_day(text):
    """RFC 3339 full-date; date.fromisoformat() alone takes more."""
    if not isinstance(text, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        return False
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def validators():
    checker = FormatChecker(formats=())
    checker.checks("date")(is_day)
    checker.checks("local-date-time")(
        lambda text: not isinstance(text, str) or is_day(text[:10]))
    for name, schema in SCHEMAS.items():
        # In JSON Schema $ is the end, in Python also before a last newline.
        strict = json.loads(json.dumps(schema), object_hook=lambda o: o | (
            {"pattern": o["pattern"].removesuffix("$") + r"\Z"}
            if isinstance(o.get("pattern"), str) else {}))
        yield name, Validator(strict, format_checker=checker)


def check_joins(validator, joins, record, schema):
    """The keyword of Riskline: a field is what others are, joined by slashes."""
    for field, parts in joins.items():
        names = [field, *parts]
        if all(isinstance(record.get(k), str) for k in names) and (
                record[field] != "/".join(record[k] for k in parts)):
            yield ValidationError(f"{field}: not {'/'.join(parts)}")


def check_order(validator, order, record, schema):
    """The other: a day is not before others."""
    for field, others in order.items():
        for other in others:
            if all(isinstance(record.get(k), str) for k in (field, other)) and record[field] < record[other]:
                yield ValidationError(f"{field}: before {other}")


Validator = extend(Draft202012Validator, {"joins": check_joins, "notBefore": check_order})


def good(rule, chance):
    """Some values that a rule allows."""
    if "const" in rule:
        return [rule["const"]]
    if "enum" in rule:
        return rule["enum"]
    if rule.get("format") == "date":
        return DAYS
    if rule.get("format") == "local-date-time":
        return MOMENTS
    match rule["type"]:
        case "string" if "pattern" in rule:
            return PATTERNS[rule["pattern"]][0]
        case "string":
            return NAMES + ["长" * rule["maxLength"]]
        case "integer":
            return [rule["minimum"], rule["maximum"], float(rule["minimum"])]
        case "number":
            return [rule["minimum"], rule["maximum"], 0.1 + rule["minimum"]]
        case "boolean":
            return [True, False]
        case "array":
            some = good(rule["items"], chance)
            least = [] if "minItems" in rule else [[]]
            return [*least, some[:1], some * 2]
        case "object":
            parts = {k: good(r, chance)[0]
                     for k, r in rule["properties"].items()}
            return [parts, {k: parts[k] for k in rule["required"]},
                    parts | {"other": [None]}]


def bad(rule, chance):
    """Values that a rule most likely does not allow."""
    values = KINDS + MIXED
    if rule.get("format") == "date":
        values = values + NO_DAYS
    if rule.get("format") == "local-date-time":
        values = values + NO_MOMENTS
    if "pattern" in rule and rule["pattern"] in PATTERNS:
        values = values + PATTERNS[rule["pattern"]][1]
    if "maxLength" in rule:
        values = values + ["长" * (rule["maxLength"] + 1),
                           "x" * (rule["maxLength"] + 1)]
    if "minLength" in rule:
        values = values + ["x" * (rule["minLength"] - 1)]
    if "enum" in rule:
        first = rule["enum"][0]
        values = values + [first.upper(), first + " ", " " + first,
                           first[:-1], rule.get("labels", {}).get(
                               first, {"zh": ["?"]})["zh"][0]]
    for key, step in (("minimum", -1), ("maximum", 1)):
        if key in rule:
            values = values + [rule[key] + step, rule[key] + step / 8]
    if rule.get("type") == "array":
        some = good(rule["items"], chance)[0]
        values = values + [[some, x] for x in bad(rule["items"], chance)]
        values = values + [some, [some] * (rule["maxItems"] + 1), [[some]]]
    if rule.get("type") == "object":
        parts = good(rule, chance)[0]
        values = values + [{k: x for k, x in parts.items() if k != drop}
                           for drop in parts]
        for name, part in rule["properties"].items():
            values = values + [parts | {name: x} for x in bad(part, chance)]
    return values


def shuffled(record, chance):
    keys = list(record)
    chance.shuffle(keys)
    return {k: record[k] for k in keys}


def variants(schema, chance):
    rules = schema["properties"]
    def full():
        return {k: chance.choice(good(r, chance)[:6]) for k, r in rules.items()}
    base = full()
    yield {k: good(r, chance)[0] for k, r in rules.items()}
    for name, rule in rules.items():
        yield {k: x for k, x in base.items() if k != name}
        for value in good(rule, chance):
            yield full() | {name: value}
        if name != "type":
            for value in bad(rule, chance):
                yield base | {name: value}
    yield {k: base[k] for k in schema["required"]}
    for _ in range(60):
        # Any set of fields: what choices and dependencies there are.
        r = {k: x for k, x in full().items() if chance.random() < .6}
        if chance.random() < .5:
            r |= {k: base[k] for k in schema["required"]}
        r["type"] = base["type"]
        yield shuffled(r, chance) | {"我的字段": chance.choice(KINDS + MIXED),
                                     "x-1": {"a": [1, {"b": None}]}}


def joined(schema, record, chance):
    """The same with fields that are what others make of them, mostly."""
    made = {}
    for field, parts in schema.get("joins", {}).items():
        if chance.random() < .9 and record.get(field) in good(
                schema["properties"][field], chance) and all(
                isinstance(record.get(k), str) for k in parts):
            made[field] = "/".join(record[k] for k in parts)
    return record | made


def one_of(schema, record, chance):
    """A record with one key of a choice, where the schema wants one."""
    keys = [b["required"][0] for b in schema.get("oneOf", ())]
    if not keys or chance.random() < .2:
        return record
    there = [k for k in keys if k in record]
    keep = chance.choice(there) if there else None
    return {k: x for k, x in record.items() if k not in keys or k == keep}


def make():
    chance = random.Random(1508)
    for name, schema in SCHEMAS.items():
        for r in variants(schema, chance):
            r = joined(schema, one_of(schema, r, chance), chance)
            print(json.dumps(r,
                             ensure_ascii=chance.random() < .3))


def agree(given, found):
    judges = dict(validators())
    count = Counter()
    with open(given, "rb") as a, open(found, "rb") as b:
        pairs = list(zip(a, b, strict=True))
    for n, (was, now) in enumerate(pairs, 1):
        record = json.loads(was)
        name = record.get("type")
        valid = name is not None and judges[name].is_valid(record)
        text = was.decode().rstrip("\n")
        count[name, valid] += 1
        if was == now:
            if not valid:
                print(f"{n}: taken, but not valid: {text[:300]}")
                why = next(judges[name].iter_errors(record))
                sys.exit(f"    {why.json_path}: {why.message[:200]}")
            continue
        r = json.loads(now)
        where = r.get("source"), r.get("line"), r.get("record")
        if valid or r["type"] != "refused" or not r.get("error") or (
                where[:2] != (given, n) or not text.startswith(where[2])
                or ("bytes" not in r and text != where[2])):
            sys.exit(f"{n}: valid is {valid}, but {text[:300]}\n"
                     f"became {now.decode()[:600]}")
    for name in judges:
        assert count[name, True] >= 5 and count[name, False] >= 5, name
    print(sum(count.values()), "records")


def valid(*files):
    judges = dict(validators())
    seen = Counter()
    for path in files:
        with open(path, encoding="utf-8", newline="\n") as f:
            for n, text in enumerate(f, 1):
                record = json.loads(text)
                seen[record["type"]] += 1
                for error in judges[record["type"]].iter_errors(record):
                    sys.exit(f"{path}:{n}: {error.json_path}: {error.message}")
    print(*(f"{name} {n}" for name, n in sorted(seen.items())), sep="\n")


def schemas():
    for name, schema in SCHEMAS.items():
        Draft202012Validator.check_schema(schema)
        assert schema["title"] == name, name
        assert schema["properties"]["type"] == {"const": name}, name
        assert set(schema["required"]) <= set(schema["properties"]), name
        named = [(name, schema)] + [
            (f"{name}.{k}", p) for k, p in schema["properties"].items()
            if k != "type"]
        for where, rule in named:
            for lang in "zh", "en":
                titles = rule["titles"][lang]
                assert titles and all(titles), f"{where}: no {lang} title"
                assert len(set(titles)) == len(titles), f"{where}: twice"
            assert re.search("[\u4e00-\u9fff]|CV", rule["titles"]["zh"][0]), where
            rule = rule.get("items", rule)
            if "labels" in rule and "enum" in rule:
                assert list(rule["labels"]) == rule["enum"], where
            for label in rule.get("labels", {}).values():
                assert label["zh"] and label["en"], where


if __name__ == "__main__":
    {"make": make, "agree": agree, "valid": valid,
     "schemas": schemas}[sys.argv[1]](*sys.argv[2:])
