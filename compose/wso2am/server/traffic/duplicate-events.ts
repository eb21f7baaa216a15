import { type TopicPublisher, topicPublisher } from '../broker/client/publish-to-topics.ts';
import type { CarbonContext } from '../carbon/context.ts';
import { replaceProperties } from '../config/replace-properties.ts';

const KEY = 'apim.throttling.event_duplicate_url';

/**
 * The second set of event publishers of a 3.2.0 Traffic Manager: what it tells its own listeners, it tells those of the other
 * Traffic Managers too, for the load balancer gave it only its share of the notices (configuration.md 5.6, wire.md 5.7).
 * One for each URL; none where the key is absent.
 */
export const duplicatePublishers = (
  { version, configuration, properties, log }: CarbonContext,
  trusted: readonly string[],
): readonly TopicPublisher[] => {
  if (version !== '3.2.0' || !configuration.has(KEY)) return [];
  const publisher = log('org.wso2.carbon.event.output.adapter.jms.JMSEventAdapter');
  const credentials = `${configuration.text('super_admin.username')}:${configuration.text('super_admin.password')}`;
  return configuration.list(KEY).map((endpoint) => {
    const broker = replaceProperties(endpoint, properties);
    return topicPublisher({
      url: `amqp://${credentials}@clientid/carbon?brokerlist='${broker}?retries='5'%26connectdelay='50';'`,
      trusted,
      onLost: (cause) => publisher.error(`Event dropped at Output Adapter: ${broker} does not take it`, cause),
    });
  });
};
