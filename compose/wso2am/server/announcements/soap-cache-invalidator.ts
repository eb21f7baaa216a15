import type { Agent } from 'node:https';
import type { Log } from '../carbon/log.ts';
import {
  type GatewayAddress,
  type GatewaySession,
  openGatewaySession,
} from '../publisher/gateway-deployer/gateway-session.ts';
import type { CacheInvalidator } from './cache-invalidator.ts';

/**
 * The way of 3.0.0: a log-in and a call of `APIAuthenticationService` at each gateway environment (wire.md 4.4). Nothing is
 * tried twice, and behind a load balancer it is one gateway that hears of it: the others know better only after their caches'
 * time.
 */
export const soapCacheInvalidator = (
  environments: readonly GatewayAddress[],
  agent: Agent,
  log: Log,
): CacheInvalidator => {
  const inEach = async (work: (session: GatewaySession) => Promise<void>): Promise<void> => {
    for (const environment of environments) {
      try {
        await work(await openGatewaySession(agent, environment));
      } catch (cause) {
        const { name } = environment;
        log.error(`Error occurred while invalidating the Gateway Token Cache of Gateway '${name}'`, cause);
      }
    }
  };
  return {
    tokens: (accessTokens) =>
      inEach(async (session) => void (await session.authentication('invalidateCachedTokens', { accessTokens }))),
    usernames: (users) =>
      inEach(async (session) => {
        const [username] = users;
        if (users.length === 1 && username !== undefined)
          await session.authentication('invalidateCachedUsername', { username });
        else await session.authentication('invalidateCachedUsernames', { username_list: users });
      }),
    resources: ({ context, version, resources }) =>
      inEach(async (session) => {
        const api = { apiContext: context, apiVersion: version };
        // A policy has no resources, and is told of all the same.
        for (const { template, verb } of resources.length > 0 ? resources : [{ template: '', verb: '' }])
          await session.authentication('invalidateResourceCache', {
            ...api,
            resourceURLContext: template,
            httpVerb: verb,
          });
      }),
  };
};
