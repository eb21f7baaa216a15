import type { Agent } from 'node:https';
import type { XmlValue } from '../../carbon/soap/parse-xml.ts';
import type { GatewayEnvironments } from '../../config/gateway-environments.ts';
import { type Arguments, callSoap, SoapFailure } from './soap-client.ts';

/** A log-in at the admin services of one gateway. */
export type GatewaySession = {
  /** An operation of `APIGatewayAdmin`. @throws SoapFailure */
  admin(operation: string, values: Arguments): Promise<XmlValue | undefined>;
  /** An operation of `APILocalEntryAdmin`. @throws SoapFailure */
  localEntry(operation: string, values: Arguments): Promise<XmlValue | undefined>;
  /** An operation of `APIAuthenticationService`, which gateways of 3.0.0 have. @throws SoapFailure */
  authentication(operation: string, values: Arguments): Promise<XmlValue | undefined>;
};

export type GatewayAddress = Pick<
  GatewayEnvironments['environments'][number],
  'name' | 'serviceUrl' | 'username' | 'password'
>;

const AUTHENTICATION = 'http://authentication.services.core.carbon.wso2.org';
const GATEWAY = 'http://service.gateway.apimgt.carbon.wso2.org';
/** wire.md 4.4. */
const GATEWAY_CACHES = 'http://service.security.handlers.gateway.apimgt.carbon.wso2.org';

/** Logs in; what follows carries the cookie only, so it must reach the same node (wire.md 6.1, 10). @throws SoapFailure */
export const openGatewaySession = async (agent: Agent, address: GatewayAddress): Promise<GatewaySession> => {
  const { serviceUrl, username, password } = address;
  const { result, cookie } = await callSoap(agent, {
    serviceUrl,
    service: 'AuthenticationAdmin',
    namespace: AUTHENTICATION,
    operation: 'login',
    arguments: { username, password, remoteAddress: new URL(serviceUrl).hostname },
  });
  if (result !== 'true' || cookie === undefined) {
    throw new SoapFailure(`Error while authenticating to gateway ${address.name}: log-in of ${username} refused`);
  }
  const service =
    (name: string, namespace = GATEWAY) =>
    async (operation: string, values: Arguments) =>
      (await callSoap(agent, { serviceUrl, service: name, namespace, operation, arguments: values, cookie })).result;
  return {
    admin: service('APIGatewayAdmin'),
    localEntry: service('APILocalEntryAdmin'),
    authentication: service('APIAuthenticationService', GATEWAY_CACHES),
  };
};
