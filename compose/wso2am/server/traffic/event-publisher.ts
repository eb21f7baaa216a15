import type { CarbonContext } from '../carbon/context.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Properties } from '../config/replace-properties.ts';
import { UrlGroupError } from '../config/url-group-error.ts';
import { hasHubUrlGroups, hubUrlGroups, receiverUrlGroups, type UrlGroup } from '../config/url-groups.ts';
import { type Agent, type AgentOptions, createAgent } from '../databridge/agent/create-agent.ts';
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
  const { configuration } = context;
  const username = configuration.text('apim.throttling.receiver_username');
  const password = configuration.text('apim.throttling.receiver_password');
  return publisherTo(context, receiverUrlGroups, { username, password, trusted });
};

/** The same for what the event hub of 3.2.0 tells gateways; before, and where nothing else is configured, `publisher` itself. */
export const eventHubPublisher = (
  context: PublisherContext,
  trusted: readonly string[],
  publisher: EventPublisher,
): EventPublisher => {
  const { configuration } = context;
  if (!hasHubUrlGroups(configuration)) return publisher;
  const username = configuration.text('apim.event_hub.username');
  const password = configuration.text('apim.event_hub.password');
  return publisherTo(context, hubUrlGroups, { username, password, trusted });
};

type Groups = (configuration: Configuration, properties: Properties) => readonly UrlGroup[];

const publisherTo = (
  context: PublisherContext,
  groupsOf: Groups,
  login: Pick<AgentOptions, 'username' | 'password' | 'trusted'>,
): EventPublisher => {
  const groups = workableGroups(context, groupsOf);
  let agent: Agent | undefined;
  return {
    publish: (stream, payload, arbitrary) => {
      if (!groups) return false;
      agent ??= createAgent({ groups, ...login, log: context.log });
      return agent.publish(stream, payload, arbitrary);
    },
    close: async (limit) => agent?.close(limit),
  };
};

const workableGroups = (
  { configuration, properties, log }: PublisherContext,
  groupsOf: Groups,
): readonly UrlGroup[] | undefined => {
  try {
    const groups = groupsOf(configuration, properties);
    groups.forEach(targetsOf);
    return groups;
  } catch (cause) {
    if (!(cause instanceof UrlGroupError)) throw cause;
    log(CLASS).error(`Events are sent to nobody: ${cause.message}`);
    return undefined;
  }
};
