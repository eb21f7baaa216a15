import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** An empty product home that is gone after the test. */
export const temporaryHome = (name = 'wso2am-3.0.0'): string => {
  const parent = mkdtempSync(join(tmpdir(), 'carbon-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const home = join(parent, name);
  mkdirSync(join(home, 'repository/conf'), { recursive: true });
  mkdirSync(join(home, 'repository/resources/security'), { recursive: true });
  return home;
};
