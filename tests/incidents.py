"""An oracle of the service report and the incident records, by datetime.

    incidents.py check LANGUAGE DOCUMENT PERIOD FOUND FILE...
        FOUND is the Markdown that report made of the FILEs, CSV or JSON Lines of
        records as they come, before any rating.  PERIOD is that of -p, or "-";
        ASSET=ID in the environment is that of -a.  Prints what differs.
    incidents.py make SEED
        Writes records as they come, incidents with and without their fields.
    incidents.py weeks FIRST LAST
        Writes every week that ISO 8601 has in these years, as -p takes it.
"""

import csv
import io
import json
import os
import random
import re
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from statistics import median

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIELDS = {
    "评估名称": "title", "标题": "title", "评估开始日期": "period_from", "评估结束日期": "period_to",
    "资产编号": "asset", "资产名称": "name", "威胁编号": "threat", "威胁名称": "name", "威胁频率": "frequency",
    "资产吸引力": "attractiveness", "事件编号": "id", "发生日期": "date", "事件名称": "name", "事件类别": "category",
    "事件级别": "severity", "是否SLA事件": "sla", "发现时间": "detected", "解决时间": "resolved", "处理人": "handled_by",
    "处理状态": "status", "事件描述": "description", "巡检编号": "id", "巡检日期": "date", "巡检人": "inspector",
    "巡检结果": "result", "备注": "notes",
}
KINDS = {"标题": "assessment", "资产名称": "asset", "威胁名称": "threat", "事件编号": "incident", "巡检编号": "inspection",
         "威胁编号": "exposure"}
WORDS = {
    "category": [("malicious-code", "有害程序事件", "malicious code"), ("network-attack", "网络攻击事件", "network attack"),
                 ("information-damage", "信息破坏事件", "information destruction"),
                 ("content", "信息内容安全事件", "information content"), ("facility-failure", "设备设施故障", "facility failure"),
                 ("disaster", "灾害性事件", "disaster"), ("other", "其他信息安全事件", "other")],
    "severity": [("extraordinary", "特别重大", "extraordinary"), ("major", "重大", "major"), ("serious", "较大", "serious"),
                 ("ordinary", "一般", "ordinary")],
    "sla": [(True, "是", "yes"), (False, "否", "no")],
    "status": [("open", "处理中", "in progress"), ("resolved", "已解决", "resolved"), ("closed", "已关闭", "closed")],
}
MONTHS = "January February March April May June July August September October November December".split()


# Records as they come.

def moment(text):
    """Of a cell: '2024/2/2 8:30' and '2024-02-02T08:30' are the same."""
    parts = [int(n) for n in re.findall(r"\d+", text)]
    return date(*parts).isoformat() if len(parts) == 3 else datetime(*parts).isoformat(timespec="minutes")


def of_csv(path):
    data = open(path, "rb").read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    kind = next((k for heading, k in KINDS.items() if heading in rows[0]), None)
    for row in rows:
        record = {"type": kind}
        for heading, value in row.items():
            name = FIELDS.get(heading)
            if name is None or not value:
                continue
            if name in ("date", "detected", "resolved", "period_from", "period_to"):
                value = moment(value)
            elif name in WORDS:
                value = next(code for code, zh, en in WORDS[name] if value in (code, zh, en))
            record[name] = value
        if kind in ("asset", "threat"):
            record["id"] = record.pop(kind)
        yield record


def read(paths):
    records = []
    for path in paths:
        if path.endswith(".csv"):
            records += of_csv(path)
        else:
            records += [json.loads(line) for line in open(path, encoding="utf-8")]
    return records


# The calendar.

class Slice:
    """Days from FIRST to LAST, and what they are called."""

    def __init__(self, kind, first, last, code, zh, en):
        self.kind, self.first, self.last, self.code, self.zh, self.en = kind, first, last, code, zh, en

    def has(self, day):
        return self.first <= day <= self.last

    def before(self):
        return SLICES[self.kind](self.first - timedelta(1))

    def year(self):
        return self.first.isocalendar()[0] if self.kind == "week" else self.last.year

    def name(self):
        return self.zh if language == "zh" else self.en


def a_day(day):
    return Slice("day", day, day, str(day), str(day), str(day))


def a_week(day):
    year, week, weekday = day.isocalendar()
    first = day - timedelta(weekday - 1)
    return Slice("week", first, first + timedelta(6), f"{year}-W{week:02}", f"{year}年第{week}周", f"week {week} of {year}")


def a_month(day):
    first = day.replace(day=1)
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return Slice("month", first, last, f"{day:%Y-%m}", f"{day.year}年{day.month}月", f"{MONTHS[day.month - 1]} {day.year}")


def a_quarter(day):
    n = (day.month + 2) // 3
    last = a_month(date(day.year, 3 * n, 1)).last
    return Slice("quarter", date(day.year, 3 * n - 2, 1), last, f"{day.year}-Q{n}", f"{day.year}年第{n}季度", f"quarter {n} of {day.year}")


def a_year(day):
    y = day.year
    return Slice("year", date(y, 1, 1), date(y, 12, 31), str(y), f"{y}年", str(y))


SLICES = {"day": a_day, "week": a_week, "month": a_month, "quarter": a_quarter, "year": a_year}


def between(first, last):
    for kind in ("year", "quarter", "month", "week"):
        s = SLICES[kind](first)
        if (s.first, s.last) == (first, last):
            return s
    return Slice("span", first, last, f"{first}..{last}", f"{first}至{last}", f"{first} to {last}")


def of_code(code):
    if "W" in code:
        return a_week(date.fromisocalendar(int(code[:4]), int(code[6:]), 1))
    if "Q" in code:
        return a_quarter(date(int(code[:4]), 3 * int(code[6:]), 1))
    return a_year(date(int(code), 1, 1)) if len(code) == 4 else a_month(date(int(code[:4]), int(code[5:]), 1))


def all_of(kind, first, last):
    s = SLICES[kind](first)
    while s.first <= last:
        yield s
        s = SLICES[kind](s.last + timedelta(1))


def in_year(day, year):
    """The same day of a year; a last day of a month is the last again."""
    if (day + timedelta(1)).day == 1:
        return a_month(date(year, day.month, 1)).last
    return day.replace(year=year)


def months_between(first, last):
    """Whole months, by stepping through them."""
    n, end = 0, last + timedelta(1)
    while True:
        y, m = divmod(first.month - 1 + n + 1, 12)
        y += first.year
        # A month that lacks the day is whole when the next begins.
        try:
            step = date(y, m + 1, first.day)
        except ValueError:
            step = a_month(date(y, m + 1, 1)).last + timedelta(1)
        if step > end:
            return n
        n += 1


def frequency(count, first, last):
    """7.6.3: at least one a week 5, one a month 4, more than one in half a year 3, else 2."""
    days = (last - first).days + 1
    weeks, months = max(1, days // 7), max(1, months_between(first, last))
    if count >= weeks and count:
        return 5
    if count >= months and count:
        return 4
    return 3 if count * 6 > months else 2


# Words.

def t(zh, en):
    return zh if language == "zh" else en


DASH = lambda: t("—", "–")


def word(incident, field):
    return next((t(zh, en) for code, zh, en in WORDS[field] if code == incident.get(field)), "")


def times(n):
    return t(f"{n}起", str(n))


def whole_days(value):
    shown = f"{value:g}"
    return t(f"{shown}天", f"{shown} day" if value == 1 else f"{shown} days")


def hours(seconds):
    minutes = int(seconds // 60)
    if minutes == 0 and seconds > 0:
        return t("不足1分钟", "less than 1 min")
    h, m = divmod(minutes, 60)
    parts = ([t(f"{h}小时", f"{h} h")] if h else []) + ([t(f"{m}分钟", f"{m} min")] if m or not h else [])
    return t("", " ").join(parts)


def change(now, then):
    if now == then:
        return t("数量相同", "the same number")
    return t(f"增加{now - then}起", f"{now - then} more") if now > then else t(f"减少{then - now}起", f"{then - now} fewer")


# What is in the stream, and what the period makes of it.

def when(text):
    return datetime.fromisoformat(text) if text else None


class Stream:
    def __init__(self, records, code, asset):
        kinds = lambda kind: [r for r in records if r["type"] == kind]
        self.assessments = sorted(kinds("assessment"), key=lambda a: a.get("period_to", ""))
        self.assessment = (self.assessments or [{}])[-1]
        self.everything = kinds("incident")
        self.incidents = sorted((i for i in self.everything if asset is None or i.get("asset") == asset), key=lambda i: i["date"])
        self.inspections = sorted(kinds("inspection"), key=lambda i: i["date"])
        self.names = {(r["type"], r["id"]): r["name"] for r in records if r["type"] in ("asset", "threat")}
        self.threats, self.exposures, self.asset = kinds("threat"), kinds("exposure"), asset
        self.assessed = None
        if self.assessment.get("period_from") and self.assessment.get("period_to"):
            self.assessed = between(*(date.fromisoformat(self.assessment[f]) for f in ("period_from", "period_to")))
        days = [date.fromisoformat(i["date"]) for i in self.everything]
        self.years = {day.year for day in days}
        self.days = self.days_known(days)
        if code != "-":
            self.period, self.source = of_code(code), "said"
        elif self.assessed:
            self.period, self.source = self.assessed, "assessed"
        elif days:
            self.period, self.source = Slice("span", min(days), max(days), "", f"{min(days)}至{max(days)}", f"{min(days)} to {max(days)}"), "incidents"
        else:
            self.period = None
        self.inside = [i for i in self.incidents if self.period and self.period.has(date.fromisoformat(i["date"]))]

    def days_known(self, happened):
        """Those of the current assessment, of others that have incidents; without any, from the first incident to the last."""
        spans = []
        for a in self.assessments:
            first, last = (date.fromisoformat(a[f]) if a.get(f) else None for f in ("period_from", "period_to"))
            if first and last and first <= last:
                spans.append((first, last, a is self.assessment))
        if not spans and happened:
            spans = [(min(happened), max(happened), True)]
        return {first + timedelta(n) for first, last, current in spans if current or any(first <= d <= last for d in happened)
                for n in range((last - first).days + 1)}

    def held(self, year):
        """The days of a year that the data have: the last without a gap."""
        days = sorted(d for d in self.days if d.year == year)
        return [d for n, d in enumerate(days) if (days[-1] - d).days == len(days) - 1 - n]

    def known(self, first, last):
        return all(first + timedelta(n) in self.days for n in range((last - first).days + 1))

    def part(self, first, last):
        """Of days within a year, the first and last that the data have, where they are not all."""
        days = [d for d in self.held(first.year) if first <= d <= last]
        return (days[0], days[-1]) if days and (days[0], days[-1]) != (first, last) else None

    def count(self, first, last):
        return sum(first <= date.fromisoformat(i["date"]) <= last for i in self.incidents)

    def named(self, threat, asset, first, last):
        return sum(i.get("threat") == threat and asset in (None, i.get("asset")) and first <= date.fromisoformat(i["date"]) <= last
                   for i in self.everything)

    def label(self, kind, id):
        return t("{}（{}）", "{} ({})").format(self.names.get((kind, id), id), id) if id else t("未注明", "not given")

    def history(self):
        """Threats, then exposures, with neither a level nor answers for the table."""
        if not self.assessed:
            return []
        rows = []
        # Those that history does not rate have their place by level as well, and are left out.
        for r, asset in [(r, None) for r in self.threats] + [(r, r["asset"]) for r in self.exposures]:
            if r.get("frequency") or r.get("attractiveness") or (asset and self.asset not in (None, asset)):
                continue
            threat = r["id"] if asset is None else r["threat"]
            if self.asset and asset is None and not any(i.get("threat") == threat for i in self.incidents):
                continue  # of no incident of the asset; the streams with -a have no risks
            window = self.assessed
            n = self.named(threat, asset, window.first, window.last)
            rows.append((threat, asset, n, frequency(n, window.first, window.last)))
        order = sorted((row for row in rows if row[1] is None), key=lambda row: -row[3])
        return order + [row for row in rows if row[1] is not None]


def opened(i):
    return i["status"] == "open" if i.get("status") else not i.get("resolved")


def in_order(i):
    days = [date.fromisoformat(i["date"])] + [when(i[f]).date() for f in ("detected", "resolved") if i.get(f)]
    times = [when(i[f]) for f in ("detected", "resolved") if i.get(f)]
    return min(days) == days[0] and times == sorted(times)


def detection(i):
    return (when(i["detected"]).date() - date.fromisoformat(i["date"])).days if i.get("detected") and in_order(i) else None


def resolution(i):
    if not i.get("detected") or not i.get("resolved"):
        return None
    return (when(i["resolved"]) - when(i["detected"])).total_seconds() if in_order(i) else None


def faults(i):
    day, found, ended = date.fromisoformat(i["date"]), when(i.get("detected")), when(i.get("resolved"))
    status = i.get("status")
    return [words for wrong, words in (
        (found and found.date() < day, t("发现时间早于发生日期", "detected before the day it happened")),
        (ended and ended.date() < day, t("解决时间早于发生日期", "resolved before the day it happened")),
        (found and ended and ended < found, t("解决时间早于发现时间", "resolved before it was detected")),
        (not ended and status in ("resolved", "closed"), t("处理状态为已解决或者已关闭，但没有解决时间", "resolved or closed, but has no time of resolution")),
    ) if wrong]


# The Markdown that was made: sections with their tables, and the numbers of the prose.

def sections(path):
    found, name = {}, ""
    for line in open(path, encoding="utf-8").read().split("\n"):
        if line.startswith("#"):
            name = re.sub("^#+ ", "", line)
            key = re.match(r"(\d+(\.\d+)?)[ 　]", name)
            name = ("record " if line.startswith("### ") and key and not key[2] else "") + (key[1] if key else name)
            found[name] = ([], [])
        elif name and line.startswith("|"):
            if not found[name][0] or last_line == "" or last_line.startswith("<!--"):
                found[name][0].append([])
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            found[name][0][-1].append([re.sub(r"\\(.)", r"\1", c.strip()) for c in cells])
        elif name and not line.startswith("<!--"):
            found[name][1].append(line)
        last_line = line
    return found


class Check:
    def __init__(self, path):
        self.found, self.faults = sections(path), []

    def table(self, section, which, rows):
        tables = self.found.get(section, ([], []))[0]
        if which >= len(tables):
            self.faults.append(f"{section}: no table {which}")
            return
        found = [row[:len(rows[0])] if rows else row for row in tables[which][2:]]
        rows = [[re.sub(r"\s+", " ", str(c)) for c in row] for row in rows]
        for number, (f, w) in enumerate(zip(found, rows)):
            # A line break is nothing between Chinese characters.
            if [c.replace(" ", "") for c in f] != [c.replace(" ", "") for c in w]:
                self.faults.append(f"{section}: table {which}, row {number + 1}: {f}, wanted {w}")
        if len(found) != len(rows):
            self.faults.append(f"{section}: table {which}: {len(found)} rows, wanted {len(rows)}")

    def tables(self, section, n):
        found = len(self.found.get(section, ([], []))[0])
        if found != n:
            self.faults.append(f"{section}: {found} tables, wanted {n}")

    def numbers(self, section, *wanted):
        """Those of the prose, in any order; every one is accounted for."""
        prose = "\n".join(self.found.get(section, ([], ["0.0.0"]))[1])
        found = Counter(re.findall(r"\d+(?:[.-]\d+)*", re.sub(r"`[^`]*`", "", prose)))
        expected = Counter(re.findall(r"\d+(?:[.-]\d+)*", " ".join(str(w) for w in wanted)))
        if found != expected:
            self.faults.append(f"{section}: numbers {dict(found - expected)} are not expected, {dict(expected - found)} are not there")


def check_period(c, s, section, constants):
    p, wanted = s.period, list(constants)
    if p:
        wanted += [p.first, p.last] if s.source != "said" else [p.name(), p.first, p.last]
        if len(s.incidents) > len(s.inside):
            wanted.append(len(s.incidents) - len(s.inside))
        says = any("不能断定" in line or "not certain" in line for line in c.found[section][1])
        if says == s.known(p.first, p.last):
            c.faults.append(f"{section}: known is {not says}")
    c.numbers(section, *wanted)


def check_list(c, s, section):
    c.table(section, 0, [[n, i["date"], i["id"], i["name"], s.names.get(("asset", i.get("asset")), i.get("asset")) or DASH(),
                          s.names.get(("threat", i.get("threat")), i.get("threat")) or DASH(), word(i, "category") or DASH(),
                          word(i, "severity") or DASH(), word(i, "status") or DASH()] for n, i in enumerate(s.inside, 1)])


def check_faulty(c, s, section):
    faulty = [i for i in s.inside if faults(i)]
    c.numbers(section, *([len(faulty)] if faulty else []))
    c.tables(section, 1 if faulty else 0)
    if faulty:
        shown = lambda i, f: i[f].replace("T", " ") if i.get(f) else DASH()
        c.table(section, 0, [[i["id"], i["name"], i["date"], shown(i, "detected"), shown(i, "resolved"), word(i, "status") or DASH(),
                              t("、", ", ").join(faults(i))] for i in faulty])


def check_idle(c, s, section):
    known = {r["id"] for r in s.threats}
    idle = [i for i in s.incidents if i.get("threat") and i["threat"] not in known]
    c.numbers(section, *([len(idle)] if idle else []))
    c.tables(section, 1 if idle else 0)
    if idle:
        by_arrival = [i for i in s.everything if i in idle]
        c.table(section, 0, [[i["date"], i["id"], i["name"]] for i in by_arrival])


def groups(s, key, none):
    """By id, the largest first, then as they come by date; those without one as if they came last."""
    counts = Counter(i[key] for i in s.inside if i.get(key))
    order = list(dict.fromkeys(i[key] for i in s.inside if i.get(key)))
    rows = [(s.label(key, id), counts[id]) for id in order]
    rest = sum(not i.get(key) for i in s.inside)
    return [list(row) for row in sorted(rows + ([(none, rest)] if rest else []), key=lambda row: -row[1])]


def duration(c, s, measure, show):
    values = [(measure(i), i) for i in s.inside if measure(i) is not None]
    if not values:
        return [0, len(s.inside), DASH(), DASH(), DASH()]
    longest = max(v for v, i in values)
    first = next(i for v, i in values if v == longest)
    return [len(values), len(s.inside) - len(values), show(median(v for v, i in values)), show(longest),
            t("{}（{}）", "{} ({})").format(first["name"], first["id"]) if longest > 0 else DASH()]


def check_incidents_of(c, s):
    """Chapters 2, 3, 4, 8 and 9 of the service report."""
    p, inside = s.period, s.inside
    n = len(inside)
    carried = [i for i in s.incidents if p and date.fromisoformat(i["date"]) < p.first
               and (opened(i) or (i.get("resolved") and when(i["resolved"]).date() >= p.first))]
    c.numbers("4.2", *([len(carried)] if carried else []))
    c.tables("4.2", 1 if carried else 0)
    if carried:
        c.table("4.2", 0, [[i["date"], i["id"], i["name"], word(i, "severity") or DASH(),
                            s.names.get(("asset", i.get("asset")), i.get("asset")) or DASH(), i.get("handled_by") or t("未填写", "not given"),
                            t("尚未解决", "not yet") if opened(i) else i["resolved"].replace("T", " ")] for i in carried])
    if not n:
        for section in ("2", "3", "4.1", "4.3", "8", "9"):
            c.tables(section, 0)
            c.numbers(section)
        if "2.1" in c.found:
            c.faults.append("2.1: there, without incidents")
        return
    finer = {"month": "week", "week": "day"}.get(p.kind, "month")
    count = lambda part: sum(part.has(date.fromisoformat(i["date"])) for i in inside)
    label = lambda part: part.name()
    if finer == "week":
        label = lambda part: t("{}（{}至{}）", "{} ({} to {})").format(part.name(), max(part.first, p.first), min(part.last, p.last))
    c.table("2.1", 0, [[label(part), count(part)] for part in all_of(finer, p.first, p.last)])
    several = months_between(p.first, p.last) >= 3 and p.kind != "quarter"
    c.tables("2.1", 2 if several else 1)
    if several:
        c.table("2.1", 1, [[part.name(), count(part)] for part in all_of("quarter", p.first, p.last)])
    c.numbers("2.1", n)
    for section, field in (("2.2", "category"), ("2.3", "severity"), ("2.4", "sla")):
        rows = [[t(zh, en), sum(i.get(field) == code for i in inside)] for code, zh, en in WORDS[field]]
        rows.append([t("未注明", "not given"), sum(i.get(field) is None for i in inside)])
        c.table(section, 0, [row for row in rows if row[1]])
        c.numbers(section)
    c.table("2.5", 0, groups(s, "threat", t("未注明", "not given")))
    c.table("2.6", 0, groups(s, "asset", t("未注明", "not given")))
    c.numbers("2.5")
    c.numbers("2.6")
    c.table("3", 0, [[t("从发生到发现", "From occurrence to detection")] + duration(c, s, detection, whole_days),
                     [t("从发现到解决", "From detection to resolution")] + duration(c, s, resolution, hours)])
    c.numbers("3", 0)
    going_on = [i for i in inside if opened(i)]
    c.numbers("4.1", *([len(going_on)] if going_on else []))
    c.tables("4.1", 1 if going_on else 0)
    if going_on:
        c.table("4.1", 0, [[i["date"], i["id"], i["name"], word(i, "severity") or DASH(),
                            s.names.get(("asset", i.get("asset")), i.get("asset")) or DASH(),
                            i.get("handled_by") or t("未填写", "not given")] for i in going_on])
    check_faulty(c, s, "4.3")
    c.numbers("8")
    c.table("8", 0, [[i["date"], i["id"], i["name"], word(i, "severity") or DASH(), i.get("description") or t("未填写", "not given")] for i in inside])
    c.numbers("9", n)
    check_list(c, s, "9")


def missed_quarters(s):
    p = s.period
    if not p or months_between(p.first, p.last) < 3:
        return None
    if not s.known(p.first, p.last) and not any(p.has(date.fromisoformat(i["date"])) for i in s.inspections):
        return None
    return [(q, [i for i in s.inspections if q.has(date.fromisoformat(i["date"]))]) for q in all_of("quarter", s.period.first, s.period.last)]


def check_inspections(c, s):
    p, quarters = s.period, missed_quarters(s)
    inside = [i for i in s.inspections if p and p.has(date.fromisoformat(i["date"]))]
    outside = len(s.inspections) - len(inside)
    missed = [q.name() for q, some in quarters or [] if not some]
    c.numbers("5", *([len(inside)] if inside else []), *([outside] if outside else []), *([len(missed)] + missed if missed else []))
    c.tables("5", bool(inside) + (quarters is not None))
    none = t("未填写", "not given")
    if inside:
        c.table("5", 0, [[i["date"], i["id"], i.get("inspector") or none, i.get("result") or none, i.get("notes") or DASH()] for i in inside])
    if quarters is not None:
        c.table("5", bool(inside), [[q.name(), len(some), t("已巡检", "inspected") if some else t("没有巡检记录", "no inspection on record")]
                                    for q, some in quarters])


def check_kpi(c, s):
    p, absent = s.period, t("不在数据中", "not in the data")
    year = p.year()
    end = lambda y: in_year(p.last, y) if p.last < date(year, 12, 31) else date(y, 12, 31)
    part = p.last < date(year, 12, 31)
    first = lambda y: date(y, 1, 1)
    in_data = lambda n: t(f"数据中有{n}起", f"{n} in the data") if n else absent
    days = lambda y: [d for d in s.held(y) if first(y) <= d <= end(y)]
    shown = lambda y: times(s.count(days(y)[0], days(y)[-1])) if days(y) else in_data(s.count(first(y), end(y)))
    span = lambda y: t("{}至{}", "{} to {}").format(*(s.part(first(y), end(y)) or (first(y), end(y))))
    c.table("6", 0, [[t(f"{y}年", y), span(y), shown(y)] for y in (year, year - 1)])
    wanted = [9] + ([first(year), end(year), end(year)] if part else [])
    both = s.known(first(year), end(year)) and s.known(first(year - 1), end(year - 1))
    if both:
        wanted += [year, change(s.count(first(year), end(year)), s.count(first(year - 1), end(year - 1)))]
    if p.kind in ("quarter", "month", "week"):
        b = p.before()
        now, then = s.count(p.first, p.last), s.count(b.first, b.last)
        if not s.known(b.first, b.last):
            wanted += [b.name(), b.first, b.last]
        elif not s.known(p.first, p.last):
            wanted += [b.name()]
        else:
            wanted += [p.name(), now, b.name(), b.first, b.last, then, change(now, then)]
    rows, known = [], []
    for y in sorted(s.years | {year} | {d.year for d in s.days}):
        whole, held = s.known(first(y), date(y, 12, 31)), s.part(first(y), date(y, 12, 31))
        n = s.count(*(held or (first(y), date(y, 12, 31))))
        row = [t(f"{y}年", str(y)) + (t("（{}至{}）", " ({} to {})").format(*held) if held else "")] + ([s.count(first(y), end(y)) if s.known(first(y), end(y)) else in_data(s.count(first(y), end(y)))] if part else [])
        ago = s.count(first(y - 1), date(y - 1, 12, 31))
        compared = whole and s.known(first(y - 1), date(y - 1, 12, 31))
        rows.append(row + [n if s.held(y) else in_data(n), (f"{n - ago:+}".replace("-", "−") if n != ago else 0) if compared else DASH()])
        known += [[t(f"{y}年", str(y)) + (t("（部分）", " (in part)") if held else ""), n]] if s.held(y) else []
    c.table("6", 1, rows)
    c.tables("6", 3 if len(known) > 1 else 2)
    if len(known) > 1:
        c.table("6", 2, known)
    c.numbers("6", *wanted)


def check_frequencies(c, s):
    rows, labels = s.history(), {}
    method = json.load(open(f"{ROOT}/schemas/methods/tfdl-1508.json", encoding="utf-8"))
    for r in method["scales"]["frequency"]:
        labels[r["level"]] = t("{}（{}）", "{} ({})").format(r["level"], r["label"][language])
    if not rows:
        c.tables("7", 0)
        c.numbers("7")
        return
    w = s.assessed
    ago = ((w.first - timedelta(1)), w.last)
    ago = (in_year(ago[0], ago[0].year - 1) + timedelta(1), in_year(ago[1], ago[1].year - 1))
    known, table, moves = s.known(*ago), [], Counter()
    absent = t("不全在数据中", "not all in the data") if any(ago[0] <= date.fromisoformat(i["date"]) <= ago[1] for i in s.everything) \
        else t("不在数据中", "not in the data")
    for threat, asset, n, level in rows:
        then = s.named(threat, asset, *ago)
        was = frequency(then, *ago)
        move = "raised" if level > was else "lowered" if level < was else "unchanged"
        moves[move] += 1
        move = {"raised": t("升高", "raised"), "lowered": t("降低", "lowered"), "unchanged": t("不变", "unchanged")}[move]
        limited = t("，限资产{}", ", on {} only").format(s.label("asset", asset)) if asset else ""
        table.append([s.label("threat", threat) + limited, t(f"{w.first}至{w.last}", f"{w.first} to {w.last}"), n, labels[level],
                      then if known else DASH(), labels[was] if known else absent, move if known else DASH()])
    c.table("7", 0, table)
    wanted = [moves["raised"], moves["lowered"], moves["unchanged"]] if known else []
    if (s.period.first, s.period.last) != (w.first, w.last):
        wanted.append(len(rows))
    c.numbers("7", *wanted)
    return moves if known else None


def check_summary(c, s, moves):
    p, n = s.period, len(s.inside)
    known = s.known(p.first, p.last)
    sla, going_on = sum(i.get("sla") is True for i in s.inside), sum(map(opened, s.inside))
    shown = times(n) if known else t(f"数据中有{n}起", f"{n} in the data") if n else t("不在数据中", "not in the data")
    rows = [[t("信息安全事件数量", "Security incidents"), shown]]
    if p.kind in ("quarter", "month", "week"):
        b = p.before()
        then = s.count(b.first, b.last)
        if not s.known(b.first, b.last):
            said = t("该期不全在数据中", "not all in the data") if then else t("该期不在数据中", "not in the data")
        elif not known:
            said = t("不能比较", "cannot be compared")
        else:
            said = change(n, then) + t(f"（上期{then}起）", f" ({then} then)")
        rows.append([t("与{}相比", "Compared with {}").format(b.name()), said])
    of_data = lambda count: (times(count) if known else t(f"数据中有{count}起", f"{count} in the data") if n else
                             t("不在数据中", "not in the data"))
    rows.append([t("服务级别协议所定义的事件", "Incidents defined by the service level agreement"), of_data(sla)])
    rows.append([t("尚未解决的事件", "Incidents not yet resolved"), of_data(going_on)])
    carried = sum(date.fromisoformat(i["date"]) < p.first and (
        opened(i) or bool(i.get("resolved")) and when(i["resolved"]).date() >= p.first) for i in s.incidents)
    if carried:
        rows.append([t("以前遗留的事件", "Incidents carried over"), times(carried)])
    for name, measure, show in ((t("从发生到发现", "From occurrence to detection"), detection, whole_days),
                                (t("从发现到解决", "From detection to resolution"), resolution, hours)):
        values = [measure(i) for i in s.inside if measure(i) is not None]
        rows.append([name, t("中位数{}，最长{}", "median {}, longest {}").format(show(median(values)), show(max(values))) if values
                     else t("没有数据", "no data")])
    inspected = sum(p.has(date.fromisoformat(i["date"])) for i in s.inspections)
    missed = [q.name() for q, some in missed_quarters(s) or [] if not some]
    rows.append([t("巡检", "Inspections"), (t(f"{inspected}次", str(inspected)) if known else t(
        f"数据中有{inspected}次", f"{inspected} in the data") if inspected else t("不在数据中", "not in the data")) +
                 (t(f"，{len(missed)}个季度没有巡检", f"; quarters without one: {len(missed)}") if missed else "")])
    year = p.year()
    part = p.last < date(year, 12, 31)
    end = p.last if part else date(year, 12, 31)
    rows.append([t(f"年度指标：{year}年信息安全事件数量", f"KPI: security incidents in the year {year}") +
                 (t(f"（截至{end}）", f" (until {end})") if part else ""),
                 times(s.count(*(s.part(date(year, 1, 1), end) or (date(year, 1, 1), end)))) + (t("（数据只有{}至{}）", " (the data have {} to {} only)").format(
                     *s.part(date(year, 1, 1), end)) if s.part(date(year, 1, 1), end) else "")
                 if any(d <= end for d in s.held(year)) else
                 t(f"数据中有{s.count(date(year, 1, 1), end)}起", f"{s.count(date(year, 1, 1), end)} in the data")
                 if s.count(date(year, 1, 1), end) else t("不在数据中", "not in the data")])
    rated = len(s.history())
    rows.append([t("依据安全事件赋值的威胁频率", "Threat frequencies rated by incidents"), t(f"{rated}项", str(rated)) +
                 (t("，较上年升高{}项，降低{}项", "; raised since last year: {}, lowered: {}").format(moves["raised"], moves["lowered"]) if moves else "")])
    name = t("摘要", "Summary")
    c.table(name, 0, rows)
    wanted = [p.name()] + ([n] if known or n else []) + ([sla] if sla else []) + ([going_on, "4.1"] if going_on else [])
    c.numbers(name, *wanted, *notes(s))


def notes(s):
    """The numbers of the notes at the head of both documents."""
    ids = {r["id"] for r in s.threats}
    idle = sum(bool(i.get("threat")) and i["threat"] not in ids for i in s.incidents)
    faulty = sum(bool(faults(i)) for i in s.inside)
    missed = [q.name() for q, some in missed_quarters(s) or [] if not some]
    return ([idle] if idle else []) + ([faulty] if faulty else []) + ([len(missed)] + missed if missed else [])


def check_cover(c, s):
    p = s.period
    title = t("信息安全服务报告", "Information Security Service Report") if document == "service" else t("安全事件记录", "Security Incident Records")
    days = "" if p is None or p.kind == "span" else t("（{}至{}）", " ({} to {})").format(p.first, p.last)
    found = c.found[title][0][0][2]
    wanted = [t("报告期", "Period reported"), p.name() + days if p else t("无从确定", "not known")]
    if found != wanted:
        c.faults.append(f"cover: {found}, wanted {wanted}")


def check_service(c, s):
    check_cover(c, s)
    check_period(c, s, "1", ["7.11", "7.15", 9])
    check_incidents_of(c, s)
    check_inspections(c, s)
    check_idle(c, s, "10")
    if s.period is None:
        c.tables("6", 0)
        c.numbers("6", 9)
        return
    check_kpi(c, s)
    check_summary(c, s, check_frequencies(c, s))


def check_records(c, s):
    inside = s.inside
    sla, going_on = sum(i.get("sla") is True for i in inside), sum(map(opened, inside))
    check_cover(c, s)
    check_period(c, s, "1", ["7.15", 2, 3] + notes(s))
    c.numbers("2.1", *([len(inside), sla, going_on] if inside else []))
    c.tables("2.1", 1 if inside else 0)
    if inside:
        check_list(c, s, "2.1")
    check_faulty(c, s, "2.2")
    c.numbers("3", *([0] if inside else []))
    check_idle(c, s, "4")
    none = t("未填写", "not given")
    for n, i in enumerate(inside, 1):
        shown = lambda f: i[f].replace("T", " ") if i.get(f) else none
        ended = shown("resolved") if i.get("resolved") or not opened(i) else t("尚未解决", "not yet")
        found, took = detection(i), resolution(i)
        named = lambda kind: s.label(kind, i[kind]) if i.get(kind) else none
        rows = [i["id"], i["name"], i["date"], word(i, "category") or none, word(i, "severity") or none, word(i, "sla") or none,
                named("asset"), named("threat"), shown("detected"), whole_days(found) if found is not None else DASH(), ended,
                hours(took) if took is not None else DASH(), i.get("handled_by") or none, word(i, "status") or none,
                i.get("description") or none]
        if faults(i):
            rows.append(t("、", ", ").join(faults(i)))
        tables = c.found.get(f"record {n}", ([], []))[0]
        c.tables(f"record {n}", 2)
        if len(tables) == 2:
            heads = [row[0] for row in tables[0][2:]]
            c.table(f"record {n}", 0, [[head, cell] for head, cell in zip(heads, rows)])
            if len(heads) != len(rows) or len(set(heads)) != len(heads):
                c.faults.append(f"record {n}: the items are {heads}")
            if len(tables[1]) != 5:
                c.faults.append(f"record {n}: no room for three signatures")
    if f"record {len(inside) + 1}" in c.found:
        c.faults.append("more records than incidents")


def make(seed):
    """Records of a few years around the ends of years and of February."""
    r = random.Random(seed)
    first = date(r.choice((2019, 2020, 2023, 2024)), r.randint(1, 12), r.choice((1, 1, 15, 28)))
    last = r.choice((in_year(first - timedelta(1), (first - timedelta(1)).year + 1), first + timedelta(r.randint(0, 500))))
    out = []
    if r.random() < 0.9:
        out.append({"type": "assessment", "title": "t", "period_from": str(first), "period_to": str(last)})
    out += [{"type": "asset", "id": f"A{n}", "name": f"资产{n}", "confidentiality": 3, "integrity": 3, "availability": 3} for n in range(3)]
    rated = lambda: {"frequency": r.randint(1, 5)} if r.random() < 0.3 or len(out[0]) != 4 else {}
    out += [{"type": "threat", "id": f"T{n}", "name": f"威胁{n}", **rated()} for n in range(5)]
    out += [{"type": "exposure", "asset": f"A{n}", "threat": f"T{r.randint(0, 4)}", **rated()} for n in range(2)]
    for n in range(r.choice((0, 1, 2, 40, 120))):
        day = r.choice((first + timedelta(r.randint(-500, 700)), date(r.randint(2019, 2025), 12, r.randint(28, 31)),
                        date(r.randint(2019, 2025), 1, r.randint(1, 4)), date(2024, 2, 29), date(2020, 2, 29), date(2023, 2, 28)))
        begin = datetime(day.year, day.month, day.day, r.randint(0, 23), r.randint(0, 59)) + timedelta(r.choice((0, 0, 0, 1, 2, 30, -1)))
        ended = begin + timedelta(seconds=r.choice((0, 30, 59, 60, 61, 3600, r.randint(0, 400000), -r.randint(1, 90000))))
        i = {"type": "incident", "id": f"I{n}", "date": str(day), "name": f"事件{n}号"}
        for field, value in (("threat", f"T{r.randint(0, 6)}"), ("asset", f"A{r.randint(0, 3)}"),
                             ("category", r.choice(WORDS["category"])[0]), ("severity", r.choice(WORDS["severity"])[0]),
                             ("sla", r.random() < 0.5), ("detected", begin.isoformat()[:r.choice((16, 19))]),
                             ("resolved", ended.isoformat()[:r.choice((16, 19))]), ("handled_by", "某岗"),
                             ("status", r.choice(WORDS["status"])[0]), ("description", f"描述{n}")):
            if r.random() < 0.8:
                i[field] = value
        out.append(i)
    out += [{"type": "inspection", "id": f"X{n}", "date": str(first + timedelta(r.randint(-200, 600))), "result": "好"} for n in range(r.randint(0, 6))]
    for record in out:
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]))
        sys.exit()
    if sys.argv[1] == "weeks":
        for year in range(int(sys.argv[2]), int(sys.argv[3]) + 1):
            for n in range(1, date(year, 12, 28).isocalendar()[1] + 1):
                monday = date.fromisocalendar(year, n, 1)
                print(f"{year}-W{n:02}", monday, monday + timedelta(6))
        sys.exit()
    language, document, code, made = sys.argv[2:6]
    stream = Stream(read(sys.argv[6:]), code, os.environ.get("ASSET"))
    checked = Check(made)
    (check_service if document == "service" else check_records)(checked, stream)
    print("\n".join(checked.faults[:20]))
    sys.exit(bool(checked.faults))
