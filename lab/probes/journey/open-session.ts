import type { LabStatus } from '../../engine/lab-status.ts';
import { REST_BASE_PATHS, type RestApi } from '../../product/rest-apis.ts';
import type { Role } from '../../product/roles.ts';
import { Mismatch } from '../hops.ts';
import type { HttpClient } from '../http-client.ts';
import { askToken, register, tokenOf } from '../oauth2-client.ts';
import type { ProbeContext } from '../probes.ts';
import { type RestClient, restClient } from './rest-client.ts';

/** The lab's REST APIs, called by its administrator with every scope that the journey of an API needs (wire.md 7.2). */
export type ProductSession = {
  readonly http: HttpClient;
  /** Names of the gateway environments, to all of which probes deploy their APIs. */
  readonly environments: readonly string[];
  /** Servlet port of the Key Manager that the clients log in at: `https://localhost:20000`. */
  readonly keyManager: { readonly node: string; readonly origin: string };
  readonly publisher: RestClient;
  readonly portal: RestClient;
  /** The Developer Portals of all nodes that have one; `portal` is the first. */
  readonly portals: readonly RestClient[];
  readonly admin: RestClient;
  /** A REST API at any other origin: of another node, of the load balancer. */
  readonly open: (api: RestApi, place: Reachable) => RestClient;
};

/** Name of the client that probes register; the same one at every run. */
const CLIENT_NAME = 'apim_lab_journey';

/** Scopes the versions do not know are dropped by them silently (wire.md 1.5). */
const SCOPES = [
  'apim:api_view',
  'apim:api_create',
  'apim:api_publish',
  'apim:api_delete',
  'apim:subscription_view',
  'apim:subscription_block',
  'apim:subscribe',
  'apim:app_manage',
  'apim:sub_manage',
  'apim:api_key',
  'apim:tier_view',
  'apim:tier_manage',
  'apim:bl_view',
  'apim:bl_manage',
  'apim:admin',
];

/** Roles whose nodes have the webapp, the likeliest first (configuration.md 2.4). */
const WEBAPP_ROLES: Readonly<Record<RestApi, readonly Role[]>> = {
  publisher: ['publisher', 'all-in-one'],
  store: ['developer-portal', 'all-in-one'],
  admin: ['publisher', 'all-in-one'],
};

/**
 * Logs the administrator in at the first Key Manager and opens the REST APIs of the first node that has each.
 * @throws Mismatch, NoAnswer
 */
export const openSession = async ({ http, status }: Pick<ProbeContext, 'http' | 'status'>): Promise<ProductSession> => {
  const { version, credentials } = status;
  const [keyManager] = nodesOf(status, ['key-manager', 'all-in-one']);
  const client = await register(http, keyManager.origin, version, credentials, CLIENT_NAME);
  const fields = { grant_type: 'password', ...credentials, scope: SCOPES.join(' ') };
  const token = tokenOf(await askToken(http, `${keyManager.origin}/oauth2/token`, client, fields));
  const open = (api: RestApi, { node, origin }: Reachable): RestClient => {
    const [base] = REST_BASE_PATHS[api][version];
    return restClient(http, { node, url: origin + base, authorization: `Bearer ${token.access_token}` });
  };
  const openAll = (api: RestApi): readonly [RestClient, ...RestClient[]] => {
    const [first, ...others] = nodesOf(status, WEBAPP_ROLES[api]).map((place) => open(api, place));
    if (!first) throw new Mismatch(`no node has the ${api} API`);
    return [first, ...others];
  };
  const portals = openAll('store');
  return {
    http,
    environments: status.environments.map(({ name }) => name),
    keyManager,
    publisher: openAll('publisher')[0],
    portal: portals[0],
    portals,
    admin: openAll('admin')[0],
    open,
  };
};

type Reachable = { readonly node: string; readonly origin: string };

/** The nodes of the first of these roles that the lab has. */
const nodesOf = ({ nodes }: LabStatus, roles: readonly Role[]): readonly [Reachable, ...Reachable[]] => {
  for (const wanted of roles) {
    const [first, ...others] = nodes.flatMap(({ name, role, urls }) =>
      role === wanted && urls.https !== undefined ? [{ node: name, origin: urls.https }] : [],
    );
    if (first) return [first, ...others];
  }
  throw new Mismatch(`the lab has no ${roles.join(' and no ')} that the host reaches`);
};
