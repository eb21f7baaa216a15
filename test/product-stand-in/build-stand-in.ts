import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { labImages } from '../../lab/engine/lab-images.ts';
import type { Version } from '../../lab/product/versions.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Tables of the product that the simulator has no use for (check-schema.ts asks for them). */
const MORE_TABLES = {
  shared_db: 'CREATE TABLE UM_CLAIM (UM_ID INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (UM_ID));\n',
  apim_db: 'CREATE TABLE IDP_METADATA (ID INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (ID));\n',
};

/** Where below `repository` the published image of a version has its JDBC driver (configuration.md 12). */
const CONNECTOR: Readonly<Record<Version, string>> = {
  '3.0.0': 'components/dropins/mysql-connector-java-8.0.17.jar',
  '3.1.0': 'components/dropins/mysql-connector-java-8.0.17.jar',
  '3.2.0': '',
};

/** Builds what stands in for the published image of a version, as the image `tag`. */
export const buildStandIn = async (tag: string, version: Version): Promise<void> => {
  const context = mkdtempSync(join(tmpdir(), 'apim-lab-stand-in-'));
  try {
    cpSync(HERE, context, { recursive: true });
    for (const [schema, more] of Object.entries(MORE_TABLES)) {
      const tables = readFileSync(join(ROOT, 'compose/mysql/schema', `${schema}.sql`), 'utf8');
      writeFileSync(join(context, `${schema}.sql`), tables + more);
    }
    await build({
      entryPoints: [new URL('./check-schema.ts', import.meta.url), new URL('./open-ports.ts', import.meta.url)].map(
        (script) => fileURLToPath(script),
      ),
      outdir: context,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      platform: 'node',
      target: 'node20',
      logLevel: 'warning',
    });
    execFileSync(join(ROOT, 'scripts/images'), { stdio: 'ignore' });
    const { wso2am } = await labImages(ROOT);
    const options = ['--build-arg', `BASE=${wso2am[version]}`, '--build-arg', `CONNECTOR=${CONNECTOR[version]}`];
    execFileSync('docker', ['build', '--quiet', '--tag', tag, ...options, context], { stdio: 'pipe' });
  } finally {
    rmSync(context, { recursive: true });
  }
};
