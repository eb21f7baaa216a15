import type { CarbonContext } from '../carbon/context.ts';
import { receiverUrlGroups } from '../config/url-groups.ts';
import { type Agent, createAgent } from '../databridge/agent/create-agent.ts';

/** How a node sends events to Traffic Managers, in the background. */
export type EventPublisher = Pick<Agent, 'publish' | 'close'>;

/**
 * The node's agent for `[[apim.throttling.url_group]]`. It logs in at the first event and not before: a node that never
 * has one to send need not find the Traffic Manager, which starts after it.
 */
export const eventPublisher = (
  { configuration, properties, log }: CarbonContext,
  trusted: readonly string[],
): EventPublisher => {
  let agent: Agent | undefined;
  const open = (): Agent =>
    createAgent({
      groups: receiverUrlGroups(configuration, properties),
      username: configuration.text('apim.throttling.receiver_username'),
      password: configuration.text('apim.throttling.receiver_password'),
      trusted,
      log,
    });
  return {
    publish: (stream, payload, arbitrary) => {
      agent ??= open();
      return agent.publish(stream, payload, arbitrary);
    },
    close: async (limit) => agent?.close(limit),
  };
};
