import type { Role } from '../../../lab/product/roles.ts';
import type { CarbonContext } from './carbon/context.ts';
import type { Endpoint } from './carbon/web.ts';
import { webappsOf } from './not-simulated.ts';
import type { EventPublisher } from './traffic/event-publisher.ts';
import { blockingPublisher, keyTemplatePublisher } from './traffic/publish-events.ts';

/** Roles whose nodes keep the web applications `client-registration` and `oauth2` (configuration.md 2.4). */
const OAUTH_ROLES: readonly Role[] = ['key-manager', 'publisher', 'developer-portal', 'all-in-one'];

export type WebappParts = {
  /** PEM; whom this node trusts when it calls others. */
  readonly trusted: readonly string[];
  readonly publisher: EventPublisher;
};

/** The web applications of the node's role. Each is loaded by the roles that have it only: a gateway saves the memory. */
export const webappEndpoints = async (context: CarbonContext, parts: WebappParts): Promise<readonly Endpoint[]> => {
  const webapps = webappsOf(context.role, context.version);
  const oauth = OAUTH_ROLES.includes(context.role) ? await oauthEndpoints(context) : [];
  const publisher = webapps.includes('/api/am/publisher') ? await publisherEndpoints(context, parts) : [];
  const admin = webapps.includes('/api/am/admin') ? await adminEndpoints(context, parts) : [];
  const portal = webapps.includes('/api/am/store') ? await portalEndpoints(context) : [];
  const throttleData = webapps.includes('/throttle/data/v1') ? await throttleDataEndpoints(context) : [];
  const eventHub = webapps.includes('/internal/data/v1') ? await eventHubEndpoints(context, parts) : [];
  return [...throttleData, ...eventHub, ...oauth, ...publisher, ...admin, ...portal];
};

const throttleDataEndpoints = async (context: CarbonContext): Promise<readonly Endpoint[]> => {
  const { throttleDataEndpoints: endpoints } = await import('./throttle-data/endpoints.ts');
  return endpoints(context);
};

const eventHubEndpoints = async (
  context: CarbonContext,
  { publisher, trusted }: WebappParts,
): Promise<readonly Endpoint[]> => {
  await seedPolicies(context);
  const { eventHubEndpoints: endpoints } = await import('./event-hub/endpoints.ts');
  return endpoints(context, publisher, trusted);
};

const oauthEndpoints = async (context: CarbonContext): Promise<readonly Endpoint[]> => {
  const { keyManagerEndpoints } = await import('./keymanager/endpoints.ts');
  return keyManagerEndpoints(context);
};

const publisherEndpoints = async (context: CarbonContext, { trusted }: WebappParts): Promise<readonly Endpoint[]> => {
  await seedPolicies(context);
  const { publisherEndpoints: endpoints } = await import('./publisher/endpoints.ts');
  return endpoints(context, trusted);
};

const adminEndpoints = async (context: CarbonContext, parts: WebappParts): Promise<readonly Endpoint[]> => {
  await seedPolicies(context);
  const { adminEndpoints: endpoints } = await import('./admin/endpoints.ts');
  return endpoints(context, {
    trusted: parts.trusted,
    publishBlocking: blockingPublisher(context, parts.publisher),
    publishKeyTemplate: keyTemplatePublisher(parts.publisher),
  });
};

const portalEndpoints = async (context: CarbonContext): Promise<readonly Endpoint[]> => {
  await seedPolicies(context);
  const { devportalEndpoints: endpoints } = await import('./devportal/endpoints.ts');
  return endpoints(context);
};

/** The default policies, written by whichever node is first. */
const seedPolicies = async ({ databases: { apim } }: CarbonContext): Promise<void> => {
  if (!apim) return;
  const { seedPolicies: seed } = await import('./admin/seed-policies.ts');
  await seed(apim);
};
