import type { Configuration, Reader } from './configuration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { type Properties, replaceProperties } from './replace-properties.ts';

const TYPES = ['hybrid', 'production', 'sandbox'] as const;

/** A gateway as Publisher, Portal and Key Manager know it: one `Environment` of `api-manager.xml` (configuration.md 5.3). */
type GatewayEnvironment = {
  readonly name: string;
  readonly type: (typeof TYPES)[number];
  readonly displayInApiConsole: boolean;
  /** Rendered as `isDefault`; the Portal of 3.1 and 3.2 shows this gateway's token endpoint. */
  readonly showAsTokenEndpointUrl: boolean;
  readonly description: string;
  /** Clients append the name of an admin service directly, so it must end in `/`. */
  readonly serviceUrl: string;
  readonly username: string;
  readonly password: string;
  /** `https,http`, the one given, or empty. */
  readonly gatewayEndpoint: string;
  /** `ws,wss`, the one given, or empty; there is no fall-back. */
  readonly webSocketEndpoint: string;
};

export type GatewayEnvironments = {
  readonly environments: readonly GatewayEnvironment[];
  /** What the product logs while it reads them. */
  readonly warnings: readonly string[];
};

/** `[[apim.gateway.environment]]` with what an absent sub-key means. The second of two with one name is ignored. */
export const gatewayEnvironments = (configuration: Configuration, properties: Properties): GatewayEnvironments => {
  const byName = new Map<string, GatewayEnvironment>();
  const warnings: string[] = [];
  for (const table of configuration.tables('apim.gateway.environment')) {
    const environment = environmentOf(table, properties);
    if (byName.has(environment.name)) warnings.push('Duplicate environment name found in api-manager.xml');
    else byName.set(environment.name, environment);
  }
  return { environments: [...byName.values()], warnings };
};

const environmentOf = (table: Reader, properties: Properties): GatewayEnvironment => {
  const text = (key: string): string => replaceProperties(table.optionalText(key) ?? '', properties);
  return {
    name: table.text('name'),
    type: typeOf(table),
    // Absent is written as an empty attribute, which reads as false; Java's default, true, never applies.
    displayInApiConsole: table.optionalFlag('display_in_api_console') ?? false,
    showAsTokenEndpointUrl: table.optionalFlag('show_as_token_endpoint_url') ?? false,
    description: text('description'),
    serviceUrl: replaceProperties(table.text('service_url'), properties),
    username: text('username'),
    password: text('password'),
    gatewayEndpoint: joined(text('https_endpoint'), text('http_endpoint')),
    webSocketEndpoint: joined(text('ws_endpoint'), text('wss_endpoint')),
  };
};

const typeOf = (table: Reader): GatewayEnvironment['type'] => {
  const written = table.text('type');
  const type = TYPES.find((each) => each === written);
  if (type === undefined) {
    throw new ConfigurationError(`Gateway environment "${table.text('name')}" has the unknown type "${written}"`);
  }
  return type;
};

const joined = (...endpoints: readonly string[]): string => endpoints.filter((each) => each !== '').join(',');
