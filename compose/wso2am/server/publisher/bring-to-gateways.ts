import { RestError } from '../rest-api/rest-error.ts';
import type { PublisherContext } from './context.ts';
import type { Deployment } from './gateway-deployer/gateway-deployer.ts';
import type { Api } from './model/api.ts';
import { isDeployed } from './model/lifecycle.ts';
import { readDefinition } from './stores/api-documents.ts';

/**
 * Makes the gateways have what the database says of an API. The database has changed already and stays so, whatever becomes
 * of the gateways (wire.md 6.1).
 * @param before the API as the gateways have it
 * @throws RestError 500 naming the environments that failed
 */
export const bringToGateways = async (context: PublisherContext, before: Api, api: Api): Promise<void> => {
  if (isDeployed(api.status)) {
    const definition = (await readDefinition(context.shared, api)) ?? '';
    const left = before.gatewayEnvironments.filter((name) => !api.gatewayEnvironments.includes(name));
    const dropped = isDeployed(before.status)
      ? await context.deployer.remove({ ...before, gatewayEnvironments: left })
      : [];
    const wasDefault = before.isDefaultVersion && isDeployed(before.status);
    report(api, [...dropped, ...(await context.deployer.publish(api, definition, wasDefault))]);
  } else if (isDeployed(before.status)) await removeFromGateways(context, before);
};

/** @throws RestError 500 naming the environments that failed */
export const removeFromGateways = async (context: PublisherContext, api: Api): Promise<void> =>
  report(api, await context.deployer.remove(api));

const report = (api: Api, deployments: readonly Deployment[]): void => {
  const failed = deployments.filter(({ failure }) => failure !== undefined).map(({ environment }) => environment);
  if (failed.length === 0) return;
  const description = `Error while deploying API ${api.name}-${api.version} to gateway environments: ${failed.join(', ')}`;
  throw new RestError('internal', description);
};
