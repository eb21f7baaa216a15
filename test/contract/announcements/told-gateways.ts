import { z } from 'zod';
import { eventCacheInvalidator } from '../../../compose/wso2am/server/announcements/event-cache-invalidator.ts';
import { invalidateCaches } from '../../../compose/wso2am/server/announcements/invalidate-caches.ts';
import { notifyGateways } from '../../../compose/wso2am/server/announcements/notify-gateways.ts';
import type { PortalNode } from '../devportal/portal-node.ts';

const invalidation = z.object({ type: z.string(), value: z.string() });
const notification = z.object({ eventType: z.string(), event: z.base64() });

/** What gateways are told of a node's changes, in short: kind and content of each event. */
export type ToldGateways = readonly (readonly [kind: string, content: unknown])[];

/** Collects the events that a node would send to its Traffic Managers. */
export const toldGateways = ({ context }: PortalNode): ToldGateways => {
  const told: (readonly [string, unknown])[] = [];
  const publish = (_stream: unknown, payload: unknown): boolean => {
    const { data } = invalidation.safeParse(payload);
    if (data) told.push([data.type, JSON.parse(data.value)]);
    else {
      const { eventType, event } = notification.parse(payload);
      told.push([eventType, JSON.parse(Buffer.from(event, 'base64').toString('utf8'))]);
    }
    return true;
  };
  invalidateCaches(context, eventCacheInvalidator({ publish }));
  if (context.version === '3.2.0') notifyGateways({ events: context.events, publisher: { publish }, clock: Date.now });
  return told;
};
