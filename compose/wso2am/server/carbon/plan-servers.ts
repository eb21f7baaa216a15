import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server } from 'node:net';
import { LISTENERS, type Listener } from '../../../../lab/product/ports.ts';
import { listenerPort } from '../config/listener-port.ts';
import { oauthApisOf } from '../gateway/oauth-apis.ts';
import { noSuchApi, OAUTH_TIMEOUT, type Passthrough, servePassthrough } from '../gateway/passthrough.ts';
import { upstreamAgent } from '../gateway/upstream-agent.ts';
import { notSimulatedLog, webappsOf } from '../not-simulated.ts';
import type { CarbonContext } from './context.ts';
import { BODY_LIMIT, PASSTHROUGH_LIMITS, refuseMalformed, SERVLET_LIMITS } from './http-limits.ts';
import type { KeyStores } from './key-stores.ts';
import type { PlannedServer } from './open-listeners.ts';
import { createRouter } from './router.ts';
import { serveCalls } from './serve-calls.ts';
import { silentListener } from './silent-listener.ts';
import { answerUnanswered } from './unanswered.ts';
import type { Endpoint } from './web.ts';

export type ServerParts = {
  readonly context: CarbonContext;
  readonly listeners: readonly Listener[];
  readonly offset: number;
  readonly keyStores: KeyStores;
  readonly endpoints: readonly Endpoint[];
  /** Servers of protocols that are not HTTP, by listener. */
  readonly others: Readonly<Partial<Record<Listener, Server>>>;
  /** Answers calls of published APIs, on a gateway. */
  readonly calls: RequestListener | undefined;
  /** Reads the headers of answers of the token API, on a gateway with caches. */
  readonly onTokenAnswer: Passthrough['onTokenAnswer'] | undefined;
  readonly accessLog: (line: string) => void;
};

/** A server for every listener of the node. The servlet ports come last: who waits for 9443 finds all others open. */
export const planServers = (parts: ServerParts): readonly PlannedServer[] => {
  const { context, listeners, offset, keyStores, others } = parts;
  const passthrough = passthroughOf(parts);
  const servlet = servletOf(parts);

  const serverOf = (listener: Listener): PlannedServer['server'] => {
    switch (listener) {
      case 'https':
        return overTls(keyStores, SERVLET_LIMITS, servlet(true));
      case 'http':
        return plain(SERVLET_LIMITS, servlet(false));
      case 'passthroughHttps':
        return overTls(keyStores, PASSTHROUGH_LIMITS, passthrough);
      case 'passthroughHttp':
        return plain(PASSTHROUGH_LIMITS, passthrough);
      default:
        return others[listener] ?? silentListener(listener, LISTENERS[listener].title, notSimulatedLog(context.log));
    }
  };
  const isServlet = (listener: Listener): boolean => listener === 'https' || listener === 'http';
  const ordered = [...listeners.filter((each) => !isServlet(each)), ...listeners.filter(isServlet).reverse()];
  return ordered.map((listener) => ({
    listener,
    port: listenerPort(context.configuration, listener, offset),
    server: serverOf(listener),
  }));
};

const servletOf = ({ context, endpoints, accessLog }: ServerParts): ((secure: boolean) => RequestListener) => {
  const router = createRouter(endpoints);
  const fallback = answerUnanswered(webappsOf(context.role, context.version), notSimulatedLog(context.log));
  const log = context.log('org.apache.catalina.core.StandardWrapperValve');
  return (secure) => serveCalls({ router, fallback, secure, bodyLimit: BODY_LIMIT, log, accessLog });
};

const passthroughOf = ({ context, keyStores, calls, onTokenAnswer }: ServerParts): RequestListener => {
  const host = context.properties.get('keyManagerHostname');
  const port = context.properties.get('keyManagerPort');
  return servePassthrough({
    apis: oauthApisOf(context.version),
    keyManager: host === undefined || port === undefined ? undefined : { host, port: Number(port) },
    agent: upstreamAgent(keyStores.trusted),
    timeout: OAUTH_TIMEOUT,
    log: context.log('org.apache.synapse.mediators.builtin.LogMediator'),
    otherwise: calls ?? noSuchApi,
    ...(onTokenAnswer && { onTokenAnswer }),
  });
};

const overTls = (
  { tls }: KeyStores,
  limits: typeof SERVLET_LIMITS | typeof PASSTHROUGH_LIMITS,
  listener: RequestListener,
) => {
  const server = createHttpsServer({ ...limits, key: tls.privateKey, cert: tls.chain }, listener);
  refuseMalformed(server);
  return server;
};

const plain = (limits: typeof SERVLET_LIMITS | typeof PASSTHROUGH_LIMITS, listener: RequestListener) => {
  const server = createHttpServer({ ...limits }, listener);
  refuseMalformed(server);
  return server;
};
