import {
  type SubscriptionData,
  subscriptionData,
} from '../../../../compose/wso2am/server/subscription-data/subscription-data.ts';
import { createSubscriptionStore } from '../../../../compose/wso2am/server/subscription-data/subscription-store.ts';
import { recordedLog } from '../synapse/recorded-log.ts';

type Item = Readonly<Record<string, unknown>>;

export type EventHubDouble = {
  readonly data: SubscriptionData;
  /** What the resources list, by path. */
  readonly lists: Record<string, Item[]>;
  /** Paths that were asked for, with their queries. */
  readonly asked: string[];
  readonly lines: readonly string[];
  /** While set, nobody answers. */
  away: boolean;
};

/** Fields that queries choose by, where lists name them otherwise (wire.md 2.3). */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/applications': { appId: 'id' },
  '/subscription-policies': { policyName: 'name' },
  '/application-policies': { policyName: 'name' },
  '/api-policies': { policyName: 'name' },
};

/** The sample of an event hub: one API, one application with a key, subscribed. */
const sampleLists = (): Record<string, Item[]> => ({
  '/apis': [
    {
      apiId: 3,
      provider: 'admin',
      name: 'PizzaShackAPI',
      version: '1.0.0',
      context: '/pizzashack/1.0.0',
      policy: null,
      apiType: 'HTTP',
      isDefaultVersion: true,
      urlMappings: [
        { authScheme: 'Any', throttlingPolicy: '10KPerMin', httpMethod: 'GET', urlPattern: '/menu', scopes: [] },
        {
          authScheme: 'Any',
          throttlingPolicy: 'Unlimited',
          httpMethod: 'POST',
          urlPattern: '/menu',
          scopes: ['write'],
        },
        { authScheme: 'None', throttlingPolicy: 'Unlimited', httpMethod: 'PUT', urlPattern: '/menu', scopes: [] },
      ],
    },
  ],
  '/applications': [{ id: 7, uuid: 'u7', name: 'app1', subName: 'admin', policy: '10PerMin', tokenType: 'JWT' }],
  '/subscriptions': [{ subscriptionId: 11, policyId: 'Bronze', apiId: 3, appId: 7, subscriptionState: 'UNBLOCKED' }],
  '/application-key-mappings': [
    { applicationId: 7, consumerKey: 'key', keyType: 'PRODUCTION', keyManager: 'Resident Key Manager' },
  ],
  '/subscription-policies': [
    {
      id: 1,
      name: 'Bronze',
      quotaType: 'requestCount',
      rateLimitCount: 5,
      rateLimitTimeUnit: 'sec',
      stopOnQuotaReach: false,
    },
  ],
  '/application-policies': [{ id: 2, name: '10PerMin', quotaType: 'requestCount' }],
  '/api-policies': [{ id: 4, name: '10KPerMin', quotaType: 'requestCount', applicableLevel: 'userLevel' }],
  '/keymanagers': [{ name: 'Resident Key Manager', type: 'default', enabled: true, configuration: {} }],
});

/** An event hub that answers from tables, and the still empty memory of a gateway in front of it. */
export const eventHubDouble = (): EventHubDouble => {
  const { lines, log } = recordedLog();
  const double: EventHubDouble = {
    lists: sampleLists(),
    asked: [],
    lines,
    away: false,
    data: subscriptionData(
      createSubscriptionStore(),
      async (pathAndQuery) => {
        double.asked.push(pathAndQuery);
        if (double.away) return undefined;
        const [path = '', query = ''] = pathAndQuery.split('?');
        const list = (double.lists[path] ?? []).filter((item) =>
          [...new URLSearchParams(query)].every(
            ([name, value]) => String(item[FIELDS[path]?.[name] ?? name]) === value,
          ),
        );
        return path === '/keymanagers' ? list : { count: list.length, list };
      },
      log(''),
    ),
  };
  return double;
};
