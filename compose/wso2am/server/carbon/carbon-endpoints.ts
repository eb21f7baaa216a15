import { adminServicesOf, notSimulatedLog } from '../not-simulated.ts';
import { consoleEndpoints } from './console/console-endpoints.ts';
import type { CarbonContext } from './context.ts';
import { authenticationAdmin } from './soap/authentication-admin.ts';
import { soapEndpoint } from './soap/soap-endpoint.ts';
import type { SoapService } from './soap/soap-service.ts';
import { versionResponse, versionService } from './soap/version-service.ts';
import { wsdlEndpoint } from './soap/wsdl/wsdl-endpoint.ts';
import type { Endpoint } from './web.ts';

/** What every profile answers on its servlet ports: admin services and those of its role with their WSDLs, `/services/Version`, the console's log-in. */
export const carbonEndpoints = (context: CarbonContext, services: readonly SoapService[]): readonly Endpoint[] => {
  const { version, role, authenticator, configuration, log } = context;
  const all = [
    versionService(version),
    authenticationAdmin(authenticator, log('org.wso2.carbon.core.services.util.CarbonAuthenticationUtil')),
    ...services,
  ];
  return [
    getVersion('/services/Version', context),
    getVersion('/services/Version/getVersion', context),
    wsdlEndpoint({ services: all, isShown: configuration.optionalFlag('admin_service.wsdl.enable') ?? false }),
    soapEndpoint({
      services: all,
      notSimulated: adminServicesOf(role, version),
      authenticator,
      log: log('org.wso2.carbon.server.admin.module.handler.AuthenticationHandler'),
      onNotSimulated: notSimulatedLog(log),
    }),
    ...consoleEndpoints(context),
  ];
};

const getVersion = (path: string, { version }: CarbonContext): Endpoint => ({
  method: 'GET',
  path,
  handle: () => ({
    status: 200,
    headers: { 'Content-Type': 'application/xml; charset=UTF-8' },
    body: versionResponse(version),
  }),
});
