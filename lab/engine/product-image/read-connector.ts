import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { labError } from '../../errors/lab-error.ts';
import type { Plan } from '../../plan/plan.ts';
import { HOME_PATHS } from '../../product/image.ts';
import type { ProjectFiles } from '../../render/compose/configuration-hash.ts';
import { ARTIFACTS } from '../../render/paths.ts';

/**
 * The JDBC driver that the topology names, as a file of the artifact volume; nothing when it names none or no product node
 * needs it. Fails with CONNECTOR_MISSING when the file cannot be read.
 */
export const readConnector = async ({ database, nodes }: Plan): Promise<ProjectFiles> => {
  const { connector } = database;
  if (connector === undefined || nodes.every(({ simulated }) => simulated)) return new Map();
  try {
    const target = `${ARTIFACTS}/${HOME_PATHS.libraries[0]}/${basename(connector)}`;
    return new Map([[target, await readFile(connector)]]);
  } catch (cause) {
    const evidence = cause instanceof Error ? cause.message : String(cause);
    throw labError('CONNECTOR_MISSING', `the JDBC driver ${connector} cannot be read`, { evidence }, { cause });
  }
};
