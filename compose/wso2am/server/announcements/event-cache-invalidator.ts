import { CACHE_INVALIDATION } from '../databridge/streams.ts';
import type { EventPublisher } from '../traffic/event-publisher.ts';
import type { CacheInvalidator } from './cache-invalidator.ts';

/** The way since 3.1.0: an event to the Traffic Managers, which pass it on to every gateway (wire.md 4.5). */
export const eventCacheInvalidator = ({ publish }: Pick<EventPublisher, 'publish'>): CacheInvalidator => {
  const tell = async (type: string, value: object): Promise<void> => {
    publish(CACHE_INVALIDATION, { type, value: JSON.stringify(value) });
  };
  return {
    tokens: (tokens) => tell('gatewayKeyCache', tokens),
    usernames: (users) => tell('gatewayUsernameCache', users),
    resources: ({ context, version, resources }) =>
      tell('resourceCache', {
        apiContext: context,
        apiVersion: version,
        resources: resources.map(({ template, verb }) => ({ resourceURLContext: template, httpVerb: verb })),
      }),
  };
};
