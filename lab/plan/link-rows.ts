import type { Listener } from '../product/ports.ts';
import type { Role } from '../product/roles.ts';
import { VERSIONS, type Version } from '../product/versions.ts';

/** One row of "who talks to whom": a role calls listeners of another, as one key of its deployment.toml says. */
export type RoleLink = {
  readonly from: Role;
  readonly to: Role;
  readonly listeners: readonly Listener[];
  readonly why: string;
  /** Key on the calling node. */
  readonly key: string;
  readonly versions: readonly Version[];
  /** A caller that does the target's work too, as an all-in-one does, calls the others all the same, not just itself. */
  readonly othersToo?: true;
  /** Nobody calls where gateways fetch their APIs from the event hub. */
  readonly unlessFetched?: true;
};

const RECEIVERS: readonly Listener[] = ['databridge', 'databridgeTls'];
const UNTIL_310: readonly Version[] = ['3.0.0', '3.1.0'];

const KEY = {
  environment: 'apim.gateway.environment.service_url',
  keyManager: 'apim.key_manager.service_url',
  policies: 'apim.throttling.service_url',
  decisions: 'apim.throttling.throttle_decision_endpoints',
  receivers: 'apim.throttling.url_group',
  duplicates: 'apim.throttling.event_duplicate_url',
  revoke: 'apim.oauth_config.revoke_endpoint',
  notification: 'event_listener.properties.notification_endpoint',
} as const;

/** configuration.md 6, one row each; what needs no key of its own (health, the own broker) is left out. */
export const ROLE_LINKS: readonly RoleLink[] = [
  {
    from: 'publisher',
    to: 'gateway',
    listeners: ['https'],
    why: 'deploys APIs through the SOAP admin services',
    key: KEY.environment,
    unlessFetched: true,
    versions: VERSIONS,
  },
  {
    from: 'publisher',
    to: 'traffic-manager',
    listeners: ['https'],
    why: 'deploys throttling policies',
    key: KEY.policies,
    versions: VERSIONS,
  },
  {
    from: 'publisher',
    to: 'traffic-manager',
    listeners: RECEIVERS,
    why: 'sends key templates and blocking conditions as events',
    key: KEY.receivers,
    othersToo: true,
    versions: VERSIONS,
  },
  {
    from: 'publisher',
    to: 'key-manager',
    listeners: ['https'],
    why: 'application and scope calls',
    key: KEY.keyManager,
    versions: ['3.2.0'],
  },
  {
    from: 'developer-portal',
    to: 'key-manager',
    listeners: ['https'],
    why: 'creates OAuth applications',
    key: KEY.keyManager,
    versions: VERSIONS,
  },
  {
    from: 'developer-portal',
    to: 'gateway',
    listeners: ['passthroughHttps'],
    why: 'generates and revokes tokens through /token and /revoke',
    key: KEY.revoke,
    versions: ['3.0.0'],
  },
  {
    from: 'developer-portal',
    to: 'key-manager',
    listeners: ['https'],
    why: 'generates and revokes tokens through /oauth2',
    key: KEY.revoke,
    versions: ['3.1.0', '3.2.0'],
  },
  {
    from: 'developer-portal',
    to: 'gateway',
    listeners: ['https'],
    why: "clears the gateway's token cache",
    key: KEY.environment,
    versions: ['3.0.0'],
  },
  {
    from: 'developer-portal',
    to: 'traffic-manager',
    listeners: RECEIVERS,
    why: 'announces applications and subscriptions through the event hub',
    key: KEY.receivers,
    othersToo: true,
    versions: ['3.2.0'],
  },
  {
    from: 'key-manager',
    to: 'gateway',
    listeners: ['https'],
    why: "clears the gateway's token cache when users or roles change",
    key: KEY.environment,
    versions: ['3.0.0'],
  },
  {
    from: 'key-manager',
    to: 'traffic-manager',
    listeners: RECEIVERS,
    why: 'sends token revocations as events',
    key: KEY.receivers,
    othersToo: true,
    versions: VERSIONS,
  },
  {
    from: 'key-manager',
    to: 'traffic-manager',
    listeners: ['https'],
    why: 'notifies the event hub of revoked tokens',
    key: KEY.notification,
    versions: ['3.2.0'],
  },
  {
    from: 'gateway',
    to: 'key-manager',
    listeners: ['https'],
    why: 'validates keys, loads blocking conditions, passes /token and /revoke on',
    key: KEY.keyManager,
    versions: UNTIL_310,
  },
  {
    from: 'gateway',
    to: 'key-manager',
    listeners: ['https'],
    why: 'passes /token and /revoke on',
    key: KEY.keyManager,
    versions: ['3.2.0'],
  },
  {
    from: 'gateway',
    to: 'traffic-manager',
    listeners: ['https'],
    why: 'loads subscriptions, blocking conditions and revoked tokens from the event hub at start',
    key: KEY.policies,
    versions: ['3.2.0'],
  },
  {
    from: 'gateway',
    to: 'traffic-manager',
    listeners: RECEIVERS,
    why: 'sends an event for every accepted request',
    key: KEY.receivers,
    othersToo: true,
    versions: VERSIONS,
  },
  {
    from: 'gateway',
    to: 'traffic-manager',
    listeners: ['amqp'],
    why: 'learns throttling decisions, revocations and key templates',
    key: KEY.decisions,
    versions: VERSIONS,
  },
  {
    from: 'traffic-manager',
    to: 'key-manager',
    listeners: ['https'],
    why: 'registers the Key Manager it announces to gateways',
    key: KEY.keyManager,
    versions: ['3.2.0'],
  },
  {
    from: 'traffic-manager',
    to: 'traffic-manager',
    listeners: ['amqp'],
    why: 'repeats event hub notifications, of which the load balancer gave it only its share',
    key: KEY.duplicates,
    othersToo: true,
    versions: ['3.2.0'],
  },
];
