import { RestError } from '../../rest-api/rest-error.ts';
import type { ArtifactAttributes } from '../../runtime-artifacts/artifact-client.ts';
import type { GatewaySynchronizer } from '../../runtime-artifacts/synchronize-gateway.ts';
import type { GatewayContents } from './gateway-rest.ts';
import { namedApi } from './named-api.ts';

type Deploy = (synchronizer: GatewaySynchronizer, attributes: ArtifactAttributes) => Promise<void>;

/** `POST /redeploy-api`: what is saved of an API, fetched anew (carbon-apimgt 6.7.206, gateway-api.yaml). */
export const redeployApi = (contents: GatewayContents, query: URLSearchParams): Promise<object> =>
  deployment(contents, query, (synchronizer, attributes) => synchronizer.redeploy(attributes), 'redeployed in');

/** `POST /undeploy-api`: on this gateway only, and until it starts again. */
export const undeployApi = (contents: GatewayContents, query: URLSearchParams): Promise<object> =>
  deployment(contents, query, (synchronizer, attributes) => synchronizer.undeploy(attributes), 'undeployed from');

/** @throws RestError 400 for an API that was never saved, 500 where it cannot be had */
const deployment = async (
  { synchronizer }: GatewayContents,
  query: URLSearchParams,
  deploy: Deploy,
  done: string,
): Promise<object> => {
  const { name, version, tenant } = namedApi(query);
  if (!synchronizer) throw new RestError('internal', 'The gateway has no [apim.sync_runtime_artifacts.gateway]');
  try {
    const attributes = await synchronizer.attributes(name, version, tenant);
    if (attributes.label === null) throw new RestError('badRequest', `${name} is not deployed in the Gateway`);
    await deploy(synchronizer, attributes);
  } catch (cause) {
    if (cause instanceof RestError) throw cause;
    throw new RestError('internal', `Error in fetching artifacts from storage: ${String(cause)}`);
  }
  return { deployStatus: 'DEPLOYED', jsonPayload: `${name} ${done} the gateway` };
};
