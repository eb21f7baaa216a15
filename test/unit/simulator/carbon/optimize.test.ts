import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { optimize } from '../../../../compose/wso2am/server/carbon/optimize.ts';
import { startArguments } from '../../../../compose/wso2am/server/carbon/start-arguments.ts';
import { ROLE_FACTS, ROLES } from '../../../../lab/product/roles.ts';
import { VERSIONS, type Version } from '../../../../lab/product/versions.ts';
import { loadText } from '../config/deployment.ts';
import { temporaryHome } from './temporary-home.ts';

const OWN = '# the mounted file\n';
const quiet = (): void => undefined;
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet, fatal: quiet };

const optimized = (version: Version, ...args: readonly string[]) => {
  const path = temporaryHome(`wso2am-${version}`);
  const file = join(path, 'repository/conf/deployment.toml');
  writeFileSync(file, OWN);
  optimize({ path, version }, startArguments(['--optimize', ...args]), SILENT);
  return { file, text: readFileSync(file, 'utf8') };
};

describe('--optimize', () => {
  it("replaces the node's file by the template of its profile and keeps it as a backup", () => {
    const { file, text } = optimized('3.0.0', '-Dprofile=gateway-worker');

    expect(text).toContain('server_role = "gateway-worker"');
    expect(readFileSync(`${file}.backup`, 'utf8')).toBe(OWN);
  });

  it('keeps the file with --skipConfigOptimization from 3.1.0 on', () => {
    const args = ['-Dprofile=gateway-worker', '--skipConfigOptimization'];

    expect(optimized('3.1.0', ...args).text).toBe(OWN);
    expect(optimized('3.0.0', ...args).text).not.toBe(OWN);
  });

  it('does nothing without a profile it knows', () => {
    const { file, text } = optimized('3.0.0', '-Dprofile=gateway-manager');

    expect(text).toBe(OWN);
    expect(existsSync(`${file}.backup`)).toBe(false);
  });

  it.each(VERSIONS.flatMap((version) => ROLES.map((role) => [version, role] as const)))(
    'leaves a file that a node of %s can start with: %s',
    (version, role) => {
      const { profile } = ROLE_FACTS[role];
      if (profile === undefined) return;
      const configuration = loadText(optimized(version, `-Dprofile=${profile}`).text, { version });

      expect(configuration.text('database.apim_db.url')).toContain('jdbc:h2:');
    },
  );

  it("misnames the portal's role in 3.0.0, as the product's template does", () => {
    expect(optimized('3.0.0', '-Dprofile=api-devportal').text).toContain('server_role = "api-devportal"');
  });
});
