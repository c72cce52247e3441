// node duckdb.mjs FILE MODULES: DuckDB from the npm package @duckdb/node-api,
// which is in the folder MODULES.
import { createRequire } from "module";

const [file, modules] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(`${modules}/`)("@duckdb/node-api");
const connection = await (await DuckDBInstance.create()).connect();
await connection.run(`
    COPY (
        WITH line AS (
            SELECT * FROM read_json('${file}', format = 'newline_delimited',
                columns = {type: 'VARCHAR', id: 'VARCHAR',
                    value_level: 'INTEGER', frequency_level: 'INTEGER',
                    severity_level: 'INTEGER', asset: 'VARCHAR',
                    threats: 'VARCHAR[]'})
        ), met AS (
            SELECT id, asset, unnest(threats) AS threat, severity_level AS s
            FROM line WHERE type = 'vulnerability'
        ), levels AS (
            SELECT met.*, asset.value_level AS a, threat.frequency_level AS f,
                (f * s + 4) // 5 AS likelihood, (a * s + 4) // 5 AS loss
            FROM met
            JOIN line AS asset
                ON asset.type = 'asset' AND asset.id = met.asset
            JOIN line AS threat
                ON threat.type = 'threat' AND threat.id = met.threat
        )
        SELECT 'risk' AS type, asset || '/' || threat || '/' || id AS id,
            asset, threat, levels.id AS vulnerability, a AS asset_level,
            f AS frequency_level, s AS severity_level,
            f * s AS likelihood_score, likelihood AS likelihood_level,
            a * s AS loss_score, loss AS loss_level,
            likelihood * loss AS score,
            (likelihood * loss + 4) // 5 AS level,
            (likelihood * loss + 4) // 5 <= 3 AS acceptable
        FROM levels
    ) TO '/dev/stdout' (FORMAT json)`);
