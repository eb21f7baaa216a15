import type { CarbonContext } from '../carbon/context.ts';
import { UrlGroupError } from '../config/url-group-error.ts';
import { receiverUrlGroups, type UrlGroup } from '../config/url-groups.ts';
import { type Agent, createAgent } from '../databridge/agent/create-agent.ts';
import { targetsOf } from '../databridge/agent/server-url.ts';

/** How a node sends events to Traffic Managers, in the background. */
export type EventPublisher = Pick<Agent, 'publish' | 'close'>;

type PublisherContext = Pick<CarbonContext, 'configuration' | 'properties' | 'log'>;

const CLASS = 'org.wso2.carbon.apimgt.gateway.throttling.publisher.ThrottleDataPublisher';

/**
 * The node's agent for `[[apim.throttling.url_group]]`. It logs in at the first event and not before: a node that never
 * has one to send need not find the Traffic Manager, which starts after it. With groups that cannot be worked with the node
 * starts, says so once, and loses every event: throttling fails open (wire.md 5.2).
 */
export const eventPublisher = (context: PublisherContext, trusted: readonly string[]): EventPublisher => {
  const { configuration, log } = context;
  const groups = workableGroups(context);
  let agent: Agent | undefined;
  const open = (of: readonly UrlGroup[]): Agent =>
    createAgent({
      groups: of,
      username: configuration.text('apim.throttling.receiver_username'),
      password: configuration.text('apim.throttling.receiver_password'),
      trusted,
      log,
    });
  return {
    publish: (stream, payload, arbitrary) => {
      if (!groups) return false;
      agent ??= open(groups);
      return agent.publish(stream, payload, arbitrary);
    },
    close: async (limit) => agent?.close(limit),
  };
};

const workableGroups = ({ configuration, properties, log }: PublisherContext): readonly UrlGroup[] | undefined => {
  try {
    const groups = receiverUrlGroups(configuration, properties);
    groups.forEach(targetsOf);
    return groups;
  } catch (cause) {
    if (!(cause instanceof UrlGroupError)) throw cause;
    log(CLASS).error(`Events are sent to nobody: ${cause.message}`);
    return undefined;
  }
};
