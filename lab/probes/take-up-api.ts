import type { HopRecorder } from './hops.ts';
import type { ProductSession } from './journey/open-session.ts';
import type { Leftovers } from './journey/remove-leftovers.ts';
import { applicationToken, createApplication, subscribe } from './journey/subscribe.ts';

/** Makes an application with keys, subscribes it and yields its token; undefined where one of these did not come. */
export const takeUpApi = async (
  session: ProductSession,
  recorder: HopRecorder,
  made: Leftovers,
  apiId: string,
): Promise<string | undefined> => {
  const { portal, keyManager } = session;
  const application = await recorder.hop({
    name: 'create application and keys',
    from: 'probe',
    to: portal.node,
    work: async () => {
      const { name } = made.application;
      const value = await createApplication(session, { name, policy: 'Unlimited', tokenType: 'OAUTH' });
      made.applicationId = value.id;
      return { value, detail: `client ${value.client.id}` };
    },
  });
  if (!application) return undefined;
  const subscription = await recorder.hop({
    name: 'subscribe',
    from: 'probe',
    to: portal.node,
    work: async () => {
      const value = await subscribe(session, { apiId, applicationId: application.id, throttlingPolicy: 'Unlimited' });
      return { value, detail: value };
    },
  });
  if (subscription === undefined) return undefined;
  const token = await recorder.hop({
    name: 'token',
    from: 'probe',
    to: keyManager.node,
    work: async () => {
      const value = await applicationToken(session, application);
      return { value, detail: `expires in ${value.expires_in} s` };
    },
  });
  return token?.access_token;
};
