import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { Agent, createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { credentialOf } from '../../../lab/render/certificates/certificate-set.ts';
import { certificates } from '../publisher/listen.ts';

/** Which of the ports behind it gets a request. */
export type Choice = (request: IncomingMessage, ports: readonly number[]) => number | undefined;

export type Balancer = {
  readonly port: number;
  /** Nodes may come after the port is known, for they name it in their URLs. */
  balance(ports: readonly number[], choice: Choice): void;
  stop(): Promise<void>;
};

/** A load balancer on loopback: TLS in, TLS out. */
export const startBalancer = async (): Promise<Balancer> => {
  const set = await certificates;
  const tls = credentialOf(set, 'tls');
  const agent = new Agent({ ca: credentialOf(set, 'ca').certificate, keepAlive: true });
  const behind: { ports: readonly number[]; choice: Choice } = { ports: [], choice: () => undefined };
  const server: Server = createServer({ key: tls.key, cert: tls.certificate }, (incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const port = behind.choice(incoming, behind.ports);
    const onward = request({ agent, host: 'localhost', port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    balance: (ports, choice) => void Object.assign(behind, { ports, choice }),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
};
