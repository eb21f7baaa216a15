import { z } from 'zod';
import type { Client } from '../oauth2-client.ts';
import type { ProductSession } from './open-session.ts';
import type { RestClient } from './rest-client.ts';

const apisSchema = z.object({
  list: z.array(z.object({ id: z.string(), name: z.string(), version: z.string(), lifeCycleStatus: z.string() })),
});
const applicationsSchema = z.object({ list: z.array(z.object({ applicationId: z.string(), name: z.string() })) });
const keysSchema = z.object({
  list: z.array(
    z.object({ keyType: z.string(), consumerKey: z.string().nullish(), consumerSecret: z.string().nullish() }),
  ),
});
const subscriptionsSchema = z.object({ list: z.array(z.object({ subscriptionId: z.string() })) });

export type FoundApi = z.output<typeof apisSchema>['list'][number];

type Named = { readonly name: string; readonly version: string };

/** An API as a Publisher or a Portal lists it; searches find parts of names as well. @throws Mismatch, NoAnswer */
export const findApi = async (client: RestClient, { name, version }: Named): Promise<FoundApi | undefined> => {
  const { list } = await client.ask(apisSchema, 200, 'GET', `/apis?limit=100&query=name:${encodeURIComponent(name)}`);
  return list.find((api) => api.name === name && api.version === version);
};

/** The id of an application of the administrator. @throws Mismatch, NoAnswer */
export const findApplication = async ({ portal }: ProductSession, name: string): Promise<string | undefined> => {
  const path = `/applications?limit=100&query=${encodeURIComponent(name)}`;
  const { list } = await portal.ask(applicationsSchema, 200, 'GET', path);
  return list.find((application) => application.name === name)?.applicationId;
};

/** The production keys of an application, when they were generated. @throws Mismatch, NoAnswer */
export const findKeys = async ({ portal }: ProductSession, applicationId: string): Promise<Client | undefined> => {
  const { list } = await portal.ask(keysSchema, 200, 'GET', `/applications/${applicationId}/keys`);
  const keys = list.find(({ keyType }) => keyType === 'PRODUCTION');
  return keys?.consumerKey && keys.consumerSecret ? { id: keys.consumerKey, secret: keys.consumerSecret } : undefined;
};

/** Whether an application is subscribed to an API. @throws Mismatch, NoAnswer */
export const isSubscribed = async (
  { portal }: ProductSession,
  { apiId, applicationId }: { readonly apiId: string; readonly applicationId: string },
): Promise<boolean> => {
  const path = `/subscriptions?apiId=${apiId}&applicationId=${applicationId}`;
  return (await portal.ask(subscriptionsSchema, 200, 'GET', path)).list.length > 0;
};
