import type { Authenticator } from '../context.ts';
import type { Log } from '../log.ts';
import { soapAnswer } from './envelope.ts';
import type { SoapService } from './soap-service.ts';
import type { ServiceInterface } from './wsdl/service-interface.ts';

const NAMESPACE = 'http://authentication.services.core.carbon.wso2.org';

const INTERFACE: ServiceInterface = {
  namespace: NAMESPACE,
  operations: {
    login: { takes: 'username password remoteAddress', gives: 'return:boolean' },
    logout: { takes: '' },
  },
};

/** `AuthenticationAdmin` (wire.md 11.3): a log-in answers true with a session's cookie, or false without one. */
export const authenticationAdmin = (authenticator: Authenticator, log: Log): SoapService => ({
  name: 'AuthenticationAdmin',
  open: true,
  interface: INTERFACE,
  handle: async (request, call) => {
    switch (request.operation) {
      case 'login': {
        const username = request.argument('username') ?? '';
        const loggedIn = await authenticator.logIn(username, request.argument('password') ?? '');
        if (loggedIn) log.info(`'${loggedIn.user.name}@carbon.super [-1234]' logged in`);
        else log.warn(`Failed Administrator login attempt '${username}[-1234]'`);
        return soapAnswer(
          request.version,
          `<ns:loginResponse xmlns:ns="${NAMESPACE}"><ns:return>${loggedIn !== undefined}</ns:return></ns:loginResponse>`,
          loggedIn?.cookie === undefined ? {} : { 'Set-Cookie': loggedIn.cookie },
        );
      }
      case 'logout':
        authenticator.logOut(call);
        // An operation without a result: Axis2 accepts it and says nothing.
        return { status: 202 };
      default:
        return undefined;
    }
  },
});
