import type { Api } from '../model/api.ts';

/** What became of one environment; `failure` says why it does not have what it should. */
export type Deployment = { readonly environment: string; readonly failure?: string };

/** Brings APIs to the gateway environments they name. Never rejects: each environment reports for itself (wire.md 6.1). */
export type GatewayDeployer = {
  /**
   * Deploys an API, or what changed of it, with its OpenAPI definition.
   * @param wasDefault whether the gateways have it as default version, which it may be no longer
   */
  publish(api: Api, definition: string, wasDefault: boolean): Promise<readonly Deployment[]>;
  remove(api: Api): Promise<readonly Deployment[]>;
};
