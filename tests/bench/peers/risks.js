// node risks.js
"use strict";
const fs = require("fs");

const grade = (n) => Math.floor((n + 4) / 5);
const assets = new Map(), threats = new Map();
let out = "";

function risk(r, threat) {
    const a = assets.get(r.asset), f = threats.get(threat);
    const s = r.severity_level;
    const likelihood = grade(f * s), loss = grade(a * s);
    const level = grade(likelihood * loss);
    out += JSON.stringify({
        type: "risk", id: `${r.asset}/${threat}/${r.id}`, asset: r.asset,
        threat, vulnerability: r.id, asset_level: a, frequency_level: f,
        severity_level: s, likelihood_score: f * s,
        likelihood_level: likelihood, loss_score: a * s, loss_level: loss,
        score: likelihood * loss, level, acceptable: level <= 3,
    }) + "\n";
}

function take(line) {
    const r = JSON.parse(line);
    if (r.type === "asset")
        assets.set(r.id, r.value_level);
    else if (r.type === "threat")
        threats.set(r.id, r.frequency_level);
    else if (r.type === "vulnerability")
        for (const threat of r.threats)
            risk(r, threat);
}

function flush() {
    const bytes = Buffer.from(out);
    for (let at = 0; at < bytes.length;)
        at += fs.writeSync(1, bytes, at);
    out = "";
}

const block = Buffer.alloc(1 << 20);
let held = 0, n;
while ((n = fs.readSync(0, block, held, block.length - held)) > 0) {
    const end = held + n, last = block.lastIndexOf(10, end - 1);
    for (const line of block.toString("utf8", 0, last).split("\n"))
        take(line);
    block.copy(block, 0, last + 1, end);
    held = end - last - 1;
    flush();
}
