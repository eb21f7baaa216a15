import type { Emit } from '../../engine/lab-event.ts';
import { untilCalled } from '../journey/await-gateways.ts';
import { findApi, findApplication, findKeys, isSubscribed } from '../journey/find.ts';
import type { GatewayRoute } from '../journey/gateway-routes.ts';
import type { ProductSession } from '../journey/open-session.ts';
import { changeLifecycle, createApi, putDefinition } from '../journey/publish-api.ts';
import { type Application, applicationToken, generateKeys, openApplication, subscribe } from '../journey/subscribe.ts';
import type { SampleApi } from './read-sample-api.ts';

/** What it takes to call a published API. */
export type SampleCall = {
  readonly name: string;
  readonly context: string;
  readonly version: string;
  /** Through the load balancer, or at the first gateway of a lab without. */
  readonly url: string;
  readonly token: string;
  /** Seconds that the token is good for. */
  readonly expiresIn: number;
};

/**
 * Publishes an API, subscribes an application to it and waits until every gateway serves it. Does only what is not done yet:
 * a second time it finds everything and gets another token.
 * @throws Mismatch, NoAnswer
 */
export const publishSampleApi = async (
  session: ProductSession,
  { spec, definition, application, resource }: SampleApi,
  routes: readonly [GatewayRoute, ...GatewayRoute[]],
  emit: Emit,
): Promise<SampleCall> => {
  const { name, context, version } = spec;
  const found = await findApi(session.publisher, spec);
  emit({ kind: 'step', text: `${found ? 'found' : 'publishing'} ${name} ${version}` });
  const id = found?.id ?? (await createApi(session, spec)).id;
  if (found?.lifeCycleStatus !== 'PUBLISHED') {
    await putDefinition(session, id, definition);
    await changeLifecycle(session, id, 'Publish');
  }
  const subscriber = await subscriberOf(session, application);
  const subscription = { apiId: id, applicationId: subscriber.id };
  if (!(await isSubscribed(session, subscription))) {
    await subscribe(session, { ...subscription, throttlingPolicy: application.subscription });
  }
  // A new one: nobody gets a token that is about to expire.
  const token = await applicationToken(session, subscriber);

  const path = `${context}/${version}${resource}`;
  emit({ kind: 'step', text: `waiting until ${routes.map(({ to }) => to).join(', ')} serve ${path}` });
  await Promise.all(routes.map(({ origin }) => untilCalled(session.http, origin + path, token.access_token)));
  const entrance = routes.find(({ direct }) => !direct) ?? routes[0];
  return {
    name,
    context,
    version,
    url: entrance.origin + path,
    token: token.access_token,
    expiresIn: token.expires_in,
  };
};

const subscriberOf = async (
  session: ProductSession,
  { name, policy }: SampleApi['application'],
): Promise<Application> => {
  const id =
    (await findApplication(session, name)) ?? (await openApplication(session, { name, policy, tokenType: 'OAUTH' }));
  return { id, client: (await findKeys(session, id)) ?? (await generateKeys(session, id)) };
};
