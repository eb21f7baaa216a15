import { readFileSync } from 'node:fs';
import { parse } from '@iarna/toml';
import { createConnection } from 'mysql2/promise';
import { z } from 'zod';

/** Tables that the stand-in's scripts make and the simulator's do not: without them the product would not start. */
const OWN_TABLES = { shared_db: 'UM_CLAIM', apim_db: 'IDP_METADATA' } as const;

const source = z.object({ url: z.string(), username: z.string(), password: z.string(), driver: z.string() });
const configuration = z.object({ database: z.partialRecord(z.enum(['shared_db', 'apim_db']), source) });

/** Opens each data source as the product does at its start; the first that lacks a table ends the start. */
const check = async (): Promise<void> => {
  const { database } = configuration.parse(parse(readFileSync(process.argv[2] ?? '', 'utf8')));
  for (const key of ['shared_db', 'apim_db'] as const) {
    const settings = database[key];
    if (settings === undefined) continue;
    const { hostname, port, pathname } = new URL(settings.url.replace('jdbc:', ''));
    const connection = await createConnection({
      host: hostname,
      port: Number(port),
      database: pathname.slice(1),
      user: settings.username,
      password: settings.password,
    });
    await connection.query(`SELECT 1 FROM ${OWN_TABLES[key]}`);
    await connection.end();
  }
};

check().catch((error: unknown) => {
  process.stderr.write(`FATAL - CarbonCoreActivator ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
