import type { Role } from '../../../lab/product/roles.ts';
import { announceChanges } from './announcements/announce-changes.ts';
import { activeListeners } from './carbon/active-listeners.ts';
import { carbonEndpoints } from './carbon/carbon-endpoints.ts';
import { hasStartedBefore, writeCarbonProperties } from './carbon/carbon-properties.ts';
import type { CarbonContext } from './carbon/context.ts';
import { createAuthenticator } from './carbon/create-authenticator.ts';
import { createEvents } from './carbon/events.ts';
import { type KeyStores, openKeyStores } from './carbon/key-stores.ts';
import { localAddress } from './carbon/local-address.ts';
import { openListeners } from './carbon/open-listeners.ts';
import { consoleOnly, type NodeLog, openNodeLog } from './carbon/open-node-log.ts';
import { openUsers } from './carbon/open-users.ts';
import { optimize } from './carbon/optimize.ts';
import { planServers } from './carbon/plan-servers.ts';
import { type ProductHome, productHomeOf } from './carbon/product-home.ts';
import { readConfiguration } from './carbon/read-configuration.ts';
import { reportFailure } from './carbon/report-failure.ts';
import { createSessionStore } from './carbon/session-store.ts';
import type { SoapService } from './carbon/soap/soap-service.ts';
import { startArguments } from './carbon/start-arguments.ts';
import { logStarted } from './carbon/startup-lines.ts';
import { stopNode } from './carbon/stop-node.ts';
import { stopOnSignal } from './carbon/stop-on-signal.ts';
import { effectiveProfile } from './config/effective-profile.ts';
import { portOffset } from './config/listener-port.ts';
import { runtimeProperties } from './config/runtime-properties.ts';
import { openDatasources } from './database/open-datasources.ts';
import type { Gateway } from './gateway/open-gateway.ts';
import { type EventPublisher, eventHubPublisher, eventPublisher } from './traffic/event-publisher.ts';
import { openTraffic } from './traffic/open-traffic.ts';
import { publishRevocations } from './traffic/publish-events.ts';
import { userManagementServices } from './user-management/user-management-services.ts';
import { webappEndpoints } from './webapps.ts';

/** Starts a node; resolves when its ports are open, with the way to stop it. */
const start = async (home: ProductHome, args: readonly string[], logs: NodeLog): Promise<() => Promise<void>> => {
  const { log } = logs;
  const core = log('org.wso2.carbon.core.internal.CarbonCoreActivator');
  core.info('Starting WSO2 Carbon...');
  core.info(`Carbon Home : ${home.path}`);

  const options = startArguments(args);
  const { systemProperties } = options;
  if (options.optimize) optimize(home, options, log('org.wso2.carbon.apimgt.ProfileSetup'));

  const configuration = readConfiguration(home, process.env, systemProperties);
  const previousStart = hasStartedBefore(home.path);
  const { profile, role } = effectiveProfile(configuration, { systemProperties, previousStart });
  writeCarbonProperties(home.path, configuration);
  core.info(`Simulator of WSO2 API Manager ${home.version}, profile ${profile}`);

  const offset = portOffset(configuration, systemProperties);
  const listeners = activeListeners(role, configuration, systemProperties);
  const properties = runtimeProperties(configuration, { localIp: localAddress(), offset, listeners, systemProperties });
  const keyStores = openKeyStores(home.path, configuration);
  const databases = await openDatasources(
    configuration,
    role,
    keyStores.trusted,
    log('org.wso2.carbon.ndatasource.core.DataSourceRepository'),
  );
  const users = await openUsers(configuration, databases.shared);

  const context: CarbonContext = {
    version: home.version,
    home: home.path,
    role,
    configuration,
    properties,
    databases,
    users,
    authenticator: createAuthenticator(
      users,
      createSessionStore(() => performance.now()),
    ),
    primaryKey: keyStores.primary,
    events: createEvents((what, cause) =>
      log('org.wso2.carbon.apimgt.impl.utils.APIUtil').error(`Could not pass on ${what}`, cause),
    ),
    log,
  };
  const traffic = await openTraffic(context, listeners, keyStores);
  const publisher = eventPublisher(context, keyStores.trusted);
  const hub = eventHubPublisher(context, keyStores.trusted, publisher);
  publishRevocations(context, publisher);
  announceChanges(context, { publisher: hub, trusted: keyStores.trusted });
  const webapps = await webappEndpoints(context, { trusted: keyStores.trusted, publisher });
  const gateway = await gatewayOf(context, keyStores, publisher);
  const services = [
    ...userManagementServices(context),
    ...traffic.services,
    ...(gateway?.services ?? []),
    ...(await keyValidationOf(context)),
  ];
  const endpoints = [...carbonEndpoints(context, services), ...webapps, ...(gateway?.endpoints ?? [])];
  const servers = planServers({
    context,
    listeners,
    offset,
    keyStores,
    endpoints,
    others: { ...traffic.servers, ...gateway?.servers },
    calls: gateway?.calls,
    onTokenAnswer: gateway?.onTokenAnswer,
    accessLog: logs.access,
  });
  await openListeners(servers);
  gateway?.subscribe();
  logStarted(context, servers, performance.now() / 1000);
  return () => stopNode(context, servers, [...(gateway ? [gateway] : []), publisher, hub, traffic]);
};

/** Roles that serve published APIs, and roles that validate keys for them; only they load what it takes. */
const GATEWAYS: readonly Role[] = ['gateway', 'all-in-one'];
const KEY_MANAGERS: readonly Role[] = ['key-manager', 'all-in-one'];

const gatewayOf = async (
  context: CarbonContext,
  keyStores: KeyStores,
  publisher: EventPublisher,
): Promise<Gateway | undefined> => {
  if (!GATEWAYS.includes(context.role)) return undefined;
  const { openGateway } = await import('./gateway/open-gateway.ts');
  return openGateway(context, keyStores, publisher);
};

const keyValidationOf = async (context: CarbonContext): Promise<readonly SoapService[]> => {
  if (!KEY_MANAGERS.includes(context.role)) return [];
  const { keyValidationServices } = await import('./key-validation/key-validation-services.ts');
  return keyValidationServices(context);
};

const main = async (): Promise<void> => {
  const onStop = stopOnSignal();
  let logs = consoleOnly();
  process.on('uncaughtException', (cause) => {
    logs.log('org.wso2.carbon.core.init.CarbonServerManager').fatal('Halting JVM over an unexpected failure', cause);
    process.exit(1);
  });
  try {
    const home = productHomeOf(process.env.CARBON_HOME, process.cwd());
    logs = openNodeLog(home.path);
    onStop(await start(home, process.argv.slice(2), logs));
  } catch (cause) {
    reportFailure(cause, logs.log);
    process.exit(1);
  }
};

void main();
