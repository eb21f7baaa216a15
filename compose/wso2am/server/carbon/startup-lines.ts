import { LISTENERS } from '../../../../lab/product/ports.ts';
import { VERSION_FACTS } from '../../../../lab/product/versions.ts';
import type { CarbonContext } from './context.ts';
import type { PlannedServer } from './open-listeners.ts';

/** What is logged when the ports are open (wire.md 9.2). The lines about "started" and the console are the ones people wait for. */
export const logStarted = (
  { log, version, configuration, properties }: CarbonContext,
  servers: readonly PlannedServer[],
  seconds: number,
): void => {
  const passthrough = log('org.apache.synapse.transport.passthru.core.PassThroughListeningIOReactorManager');
  for (const { listener, port } of servers) {
    if (listener === 'passthroughHttp') passthrough.info(`Pass-through HTTP Listener started on 0.0.0.0:${port}`);
    if (listener === 'passthroughHttps') passthrough.info(`Pass-through HTTPS Listener started on 0.0.0.0:${port}`);
  }
  const finalizer = log('org.wso2.carbon.core.internal.StartupFinalizerServiceComponent');
  finalizer.info(`Server           :  ${VERSION_FACTS[version].serverName}`);
  finalizer.info(`WSO2 Carbon started in ${Math.round(seconds)} sec`);

  const host = configuration.optionalText('server.hostname') ?? 'localhost';
  const port =
    properties.get('mgt.transport.https.proxyPort') ??
    properties.get('mgt.transport.https.port') ??
    LISTENERS.https.base;
  const authority = String(port) === '443' ? host : `${host}:${port}`;
  log('org.wso2.carbon.ui.internal.CarbonUIServiceComponent').info(`Mgt Console URL  : https://${authority}/carbon/`);
};
