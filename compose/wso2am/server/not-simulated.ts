import type { Role } from '../../../lab/product/roles.ts';
import type { Version } from '../../../lab/product/versions.ts';
import type { Log } from './carbon/log.ts';

/**
 * What a node of the product has and the simulator does not answer yet. A call to any of it gets 501 (or a closed
 * connection) and a line in the log, never a made-up success; what the product's node does not have either gets 404.
 */

/** Where such a call leaves its line. The class is no Java class: the product has nothing to say here. */
export const notSimulatedLog = (log: (className: string) => Log): ((what: string) => void) => {
  const simulator = log('apim-lab.Simulator');
  return (what) => simulator.warn(`Not simulated: ${what}`);
};

/** Context paths of web applications by role (configuration.md 2.4); what no endpoint answers below them is not simulated. */
export const webappsOf = (role: Role, version: Version): readonly string[] => ['/carbon', ...WEBAPPS[role](version)];

const LOG_IN = [
  '/authenticationendpoint',
  '/accountrecoveryendpoint',
  '/oauth2',
  '/oidc',
  '/commonauth',
  '/logincontext',
];
const OAUTH = ['/client-registration', ...LOG_IN];
const IDENTITY_REST = ['/api/identity/consent-mgt', '/api/identity/recovery', '/api/identity/user'];
const EVENT_HUB = '/internal/data/v1';

const keyManager = (version: Version): readonly string[] => {
  switch (version) {
    case '3.0.0':
      return [...OAUTH, '/throttle/data/v1'];
    case '3.1.0':
      return [...OAUTH, '/throttle/data/v1', ...IDENTITY_REST];
    case '3.2.0':
      return [...OAUTH, '/keymanager-operations', '/api/identity/consent-mgt', '/api/identity/oauth2'];
  }
};

/**
 * In 3.0.0 only `--optimize` takes the Admin REST API from a Publisher (configuration.md 2.4), and a lab starts no node with it:
 * policies and blocking conditions can be made there as in later versions.
 */
const publisher = (version: Version): readonly string[] => [
  ...OAUTH,
  '/publisher',
  '/admin',
  '/api/am/publisher',
  '/api/am/admin',
  ...(version === '3.2.0' ? [EVENT_HUB] : []),
];

const developerPortal = (version: Version): readonly string[] => [
  ...OAUTH,
  '/devportal',
  '/api/am/store',
  ...(version === '3.0.0' ? [] : ['/api/am/admin', '/api/identity/recovery', '/api/identity/user']),
  ...(version === '3.2.0' ? [EVENT_HUB] : []),
];

const trafficManager = (version: Version): readonly string[] => (version === '3.2.0' ? [EVENT_HUB] : []);

const gateway = (version: Version): readonly string[] => [
  '/am/sample/pizzashack',
  ...(version === '3.2.0' ? ['/api/am/gateway'] : []),
];

const WEBAPPS: Readonly<Record<Role, (version: Version) => readonly string[]>> = {
  'key-manager': keyManager,
  'traffic-manager': trafficManager,
  publisher,
  'developer-portal': developerPortal,
  gateway,
  'all-in-one': (version) => [
    ...new Set([
      ...[keyManager, trafficManager, publisher, developerPortal, gateway].flatMap((webapps) => webapps(version)),
    ]),
  ],
};

/** Admin services by role that other nodes or the documentation call (wire.md 2, 5.13, 6.1); all want a log-in. */
export const adminServicesOf = (role: Role, version: Version): readonly string[] => {
  const own = role === 'all-in-one' ? Object.values(SERVICES) : [SERVICES[role]];
  return [...EVERY_ROLE, ...new Set(own.flatMap((services) => services(version)))];
};

const EVERY_ROLE = ['ServerAdmin', 'UserAdmin', 'RemoteUserStoreManagerService', 'RemoteAuthorizationManagerService'];

const none = (): readonly string[] => [];

const SERVICES: Readonly<Record<Exclude<Role, 'all-in-one'>, (version: Version) => readonly string[]>> = {
  'key-manager': (version) => [
    'OAuthAdminService',
    'IdentityApplicationManagementService',
    ...(version === '3.2.0'
      ? []
      : [
          'APIKeyValidationService',
          'APIKeyMgtSubscriberService',
          'APIKeyMgtProviderService',
          'APIKeyMgtRemoteUserStoreMgtService',
        ]),
  ],
  'traffic-manager': () => ['EventProcessorAdminService', 'EventReceiverAdminService', 'EventStreamAdminService'],
  publisher: none,
  'developer-portal': none,
  gateway: () => [
    'APIGatewayAdmin',
    'APILocalEntryAdmin',
    'APIAuthenticationService',
    'RestApiAdmin',
    'EndpointAdmin',
    'SequenceAdminService',
  ],
};
