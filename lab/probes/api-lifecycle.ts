import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { parseAnswer } from './answers.ts';
import { expectThat, type HopRecorder } from './hops.ts';
import { untilCalled, untilGone, untilServed } from './journey/await-gateways.ts';
import { findApi } from './journey/find.ts';
import { type GatewayRoute, gatewayRoutes } from './journey/gateway-routes.ts';
import { openSession, type ProductSession } from './journey/open-session.ts';
import { type ApiSpec, changeLifecycle, createApi, deleteApi } from './journey/publish-api.ts';
import { type Leftovers, removeLeftovers } from './journey/remove-leftovers.ts';
import { deleteApplication } from './journey/subscribe.ts';
import type { ProbeContext } from './probes.ts';
import { takeUpApi } from './take-up-api.ts';
import { until } from './until.ts';

/** The product's portals search an index, which follows what Publishers write within seconds. */
const INDEX_PATIENCE = { limit: 60_000, interval: 100 };

/** What the back end says it received: paths and headers as the gateway sent them. */
const echoSchema = z.object({ path: z.string(), headers: z.record(z.string(), z.unknown()) });

/** The resource that is called. */
const RESOURCE = '/echo';

/**
 * Proves that an API comes to every gateway and goes again: created, published, found in the portals, subscribed to, called through
 * each gateway and the load balancer, deleted. Hops of gateways say how long each needed. Leaves nothing behind.
 */
export const apiLifecycle = async (context: ProbeContext, recorder: HopRecorder): Promise<void> => {
  const { backend } = context.status;
  const asked = { name: 'create', from: 'probe', to: 'publisher' };
  if (!backend) return recorder.notTried(asked, 'the topology switches the back end off');
  const session = await recorder.hop({
    name: 'log in',
    from: 'probe',
    to: 'key manager',
    work: async () => {
      const value = await openSession(context);
      return { value, detail: `administrator at ${value.keyManager.node}` };
    },
  });
  if (!session) return recorder.notTried(asked, 'nobody is logged in');

  // A name of its own, for probes may run side by side.
  const name = `LabLifecycle${randomBytes(4).toString('hex')}`;
  const made: Leftovers = { api: { name, version: '1.0.0' }, application: { name } };
  const spec: ApiSpec = {
    ...made.api,
    context: `/${name.toLowerCase()}`,
    backend: backend.url,
    policies: ['Unlimited'],
    operations: [{ target: RESOURCE, verb: 'GET' }],
  };
  let removed = false;
  try {
    removed = await comeAndGo(session, recorder, { spec, made, routes: gatewayRoutes(context.status) });
  } finally {
    if (!removed) await removeLeftovers(context, recorder, made);
  }
};

type Life = { readonly spec: ApiSpec; readonly made: Leftovers; readonly routes: readonly GatewayRoute[] };

/** Yields whether everything is gone in the end. */
const comeAndGo = async (session: ProductSession, recorder: HopRecorder, life: Life): Promise<boolean> => {
  const { spec, made, routes } = life;
  const { http, publisher, portals } = session;
  const step = <T>(name: string, to: string, work: () => Promise<{ value: T; detail: string }>) =>
    recorder.hop({ name, from: 'probe', to, work });
  const path = `${spec.context}/${spec.version}${RESOURCE}`;
  const direct = routes.filter((route) => route.direct);

  const created = await step('create', publisher.node, async () => {
    const { id } = await createApi(session, spec);
    made.apiId = id;
    return { value: id, detail: `${spec.context}/${spec.version}` };
  });
  const published =
    created &&
    (await step('publish', publisher.node, async () => {
      await changeLifecycle(session, created, 'Publish');
      return { value: created, detail: spec.name };
    }));
  if (published === undefined) {
    for (const { to } of routes) recorder.notTried({ name: 'served', from: 'probe', to }, 'nothing is published');
    return false;
  }

  // From here on each gateway's time runs; the portals are asked meanwhile.
  const [token] = await Promise.all([
    takeUpApi(session, recorder, made, published),
    ...portals.map((portal) =>
      step('find in portal', portal.node, async () => {
        await until(
          'the API in its list',
          INDEX_PATIENCE,
          () => findApi(portal, spec),
          (found) => found !== undefined,
          () => 'none',
        );
        return { value: undefined, detail: spec.name };
      }),
    ),
    ...direct.map(({ to, origin }) =>
      step('served', to, async () => {
        await untilServed(http, origin + path);
        return { value: undefined, detail: 'asks for a token' };
      }),
    ),
  ]);
  if (token === undefined) {
    for (const { to } of routes) recorder.notTried({ name: 'call', from: 'probe', to }, 'no token');
  } else for (const route of routes) await callThrough(session, recorder, route, path, token);

  const deleted = await step('delete', publisher.node, async () => {
    if (made.applicationId !== undefined) await deleteApplication(session, made.applicationId);
    await deleteApi(session, published);
    return { value: true, detail: spec.name };
  });
  if (!deleted) return false;
  const gone = ({ to, origin }: GatewayRoute) =>
    step('gone', to, async () => {
      await untilGone(http, origin + path);
      return { value: undefined, detail: '404' };
    });
  await Promise.all(direct.map(gone));
  // A balancer may ask any of them, so it is asked when all have answered.
  for (const route of routes.filter(({ direct: isDirect }) => !isDirect)) await gone(route);
  return made.applicationId !== undefined;
};

/** Calls the API until the route knows the subscription; the back end must see the resource and nothing of the token. */
const callThrough = async (
  { http }: ProductSession,
  recorder: HopRecorder,
  { to, origin }: GatewayRoute,
  path: string,
  token: string,
): Promise<void> => {
  await recorder.hop({
    name: 'call',
    from: 'probe',
    to,
    work: async () => {
      const answer = await untilCalled(http, origin + path, token);
      const received = parseAnswer(echoSchema, answer);
      expectThat(received.path === RESOURCE, `a request for ${RESOURCE} at the back end`, received.path);
      expectThat(received.headers.authorization === undefined, 'no Authorization header at the back end', 'one');
      return { value: undefined, detail: '200 from the back end, without the token' };
    },
  });
};
