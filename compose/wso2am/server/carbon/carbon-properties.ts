import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Configuration } from '../config/configuration.ts';

/** The rendered file whose properties become system properties at the next start (configuration.md 2.1). */
const PATH = 'repository/conf/carbon.properties';

/** Whether this home has started before; the role's own profile counts from the second start on. */
export const hasStartedBefore = (home: string): boolean => existsSync(join(home, PATH));

/** Leaves behind what the next start goes by. A home that cannot be written to stays at its first start. */
export const writeCarbonProperties = (home: string, configuration: Configuration): void => {
  const profile = configuration.optionalText('system.parameter.profile');
  try {
    writeFileSync(join(home, PATH), profile === undefined ? '' : `profile=${profile}\n`);
  } catch {
    // A read-only home is a way to run a container; nothing but the rule above depends on the file.
  }
};
