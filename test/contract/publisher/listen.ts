import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { BODY_LIMIT, refuseMalformed, SERVLET_LIMITS } from '../../../compose/wso2am/server/carbon/http-limits.ts';
import type { Log } from '../../../compose/wso2am/server/carbon/log.ts';
import { createRouter } from '../../../compose/wso2am/server/carbon/router.ts';
import { serveCalls } from '../../../compose/wso2am/server/carbon/serve-calls.ts';
import { tomcatPage } from '../../../compose/wso2am/server/carbon/tomcat-page.ts';
import type { Endpoint } from '../../../compose/wso2am/server/carbon/web.ts';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { issueCertificates } from '../../../lab/render/certificates/issue-certificates.ts';

/** Keys of the lab: one authority, one TLS key, one key that signs tokens. Made once for a test file. */
export const certificates = issueCertificates(
  [
    { name: 'ca', commonName: 'test authority', hostnames: [], addresses: [] },
    { name: 'tls', commonName: 'localhost', hostnames: ['localhost'], addresses: [] },
    { name: 'primary', commonName: 'primary', hostnames: [], addresses: [] },
  ],
  new Map(),
  new Date(),
);

/** A TLS listener on loopback; its endpoints may come after its port is known. */
export type Listening = {
  readonly port: number;
  readonly agent: Agent;
  serve(endpoints: readonly Endpoint[], log: Log): void;
  stop(): Promise<void>;
};

export const listen = async (): Promise<Listening> => {
  const set = await certificates;
  const tls = credentialOf(set, 'tls');
  const server = createServer({ ...SERVLET_LIMITS, key: tls.key, cert: tls.certificate });
  refuseMalformed(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ connect: { ca: credentialOf(set, 'ca').certificate } });
  return {
    port: portOf(server),
    agent,
    serve: (endpoints, log) =>
      void server.on(
        'request',
        serveCalls({
          router: createRouter(endpoints),
          fallback: () => tomcatPage(404, 'nothing here'),
          secure: true,
          bodyLimit: BODY_LIMIT,
          log,
          accessLog: () => undefined,
        }),
      ),
    stop: async () => {
      await agent.close();
      server.close();
      server.closeAllConnections();
    },
  };
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Keeps what a node logs from WARN on. */
export const recordingLog = (complaints: string[]): Log => {
  const keep = (text: string, cause?: unknown): void =>
    void complaints.push(cause === undefined ? text : `${text}: ${cause}`);
  return { debug: () => undefined, info: () => undefined, warn: keep, error: keep, fatal: keep };
};
