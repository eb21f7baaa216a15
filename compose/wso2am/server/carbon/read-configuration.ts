import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME_PATHS } from '../../../../lab/product/image.ts';
import type { Configuration } from '../config/configuration.ts';
import { loadConfiguration } from '../config/load-configuration.ts';
import type { ProductHome } from './product-home.ts';
import { StartFailure } from './start-failure.ts';

/** The configuration of a home. @throws StartFailure without a file, ConfigurationError for a wrong one */
export const readConfiguration = (
  home: ProductHome,
  environment: NodeJS.ProcessEnv,
  systemProperties: Readonly<Record<string, string>>,
): Configuration => {
  const path = systemProperties['deployment.config.file.path'] ?? join(home.path, HOME_PATHS.deploymentToml);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    // The product warns and goes on with the XML of an earlier start, of which a simulated home has none.
    throw new StartFailure('org.wso2.config.mapper.ConfigParser', `Cannot read ${path}: ${String(cause)}`, cause);
  }
  return loadConfiguration({ text, version: home.version, environment, systemProperties });
};
