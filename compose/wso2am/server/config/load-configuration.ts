import type { Version } from '../../../../lab/product/versions.ts';
import { checkKeyQuotes } from './check-key-quotes.ts';
import { type Configuration, configurationOf } from './configuration.ts';
import { convertUnits } from './convert-units.ts';
import { defaultsOf } from './defaults.ts';
import { infer } from './infer.ts';
import { mapKeys } from './map-keys.ts';
import { parseDeployment } from './parse-deployment.ts';
import { resolveReferences } from './resolve-references.ts';
import { checkSecrets, revealSecrets } from './resolve-secrets.ts';
import { resolveVariables, type Variables } from './resolve-variables.ts';
import { validate } from './validate.ts';

export type ConfigurationInput = {
  /** Text of `repository/conf/deployment.toml`. */
  readonly text: string;
  readonly version: Version;
  readonly environment: Variables;
  readonly systemProperties: Variables;
};

/**
 * What WSO2's config mapper (1.0.2, in all three versions) makes of a `deployment.toml`, step by step in its order
 * (configuration.md 4.1). Throws `ConfigurationError` with the product's wording for whatever would stop its start.
 */
export const loadConfiguration = (input: ConfigurationInput): Configuration => {
  const { text, version, environment, systemProperties } = input;
  const written = mapKeys(parseDeployment(text));
  const merged = new Map([...defaultsOf(version), ...infer(written, version)]);

  checkSecrets(merged, systemProperties);
  const resolved = resolveReferences(resolveVariables(merged, systemProperties, environment));

  const converted = convertUnits(resolved);
  validate(converted, version);
  checkKeyQuotes(converted);
  return configurationOf(version, revealSecrets(converted));
};
