-- sqlite3 -batch :memory: '.read risks.sql'
CREATE TABLE line (json TEXT);
.mode ascii
.separator "\037" "\n"
.import /dev/stdin line
CREATE TABLE asset (id TEXT PRIMARY KEY, level INT) WITHOUT ROWID;
CREATE TABLE threat (id TEXT PRIMARY KEY, level INT) WITHOUT ROWID;
INSERT INTO asset SELECT json ->> 'id', json ->> 'value_level'
    FROM line WHERE json ->> 'type' = 'asset';
INSERT INTO threat SELECT json ->> 'id', json ->> 'frequency_level'
    FROM line WHERE json ->> 'type' = 'threat';
.mode list
WITH met AS MATERIALIZED (
    SELECT line.json ->> 'id' AS vulnerability, line.json ->> 'asset' AS asset,
        t.value AS threat, line.json ->> 'severity_level' AS s
    FROM line, json_each(line.json, '$.threats') AS t
    WHERE line.json ->> 'type' = 'vulnerability'
), levels AS (
    SELECT met.*, asset.level AS a, threat.level AS f,
        (threat.level * s + 4) / 5 AS likelihood,
        (asset.level * s + 4) / 5 AS loss
    FROM met JOIN asset ON asset.id = met.asset
        JOIN threat ON threat.id = met.threat
)
SELECT json_object('type', 'risk',
    'id', asset || '/' || threat || '/' || vulnerability, 'asset', asset,
    'threat', threat, 'vulnerability', vulnerability, 'asset_level', a,
    'frequency_level', f, 'severity_level', s, 'likelihood_score', f * s,
    'likelihood_level', likelihood, 'loss_score', a * s, 'loss_level', loss,
    'score', likelihood * loss, 'level', (likelihood * loss + 4) / 5,
    'acceptable', json(iif((likelihood * loss + 4) / 5 <= 3, 'true', 'false')))
FROM levels;
