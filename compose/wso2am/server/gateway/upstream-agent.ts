import { Agent } from 'node:https';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';

/** Milliseconds a kept connection may be idle: less than any server or balancer in between waits before it closes one. */
const IDLE_LIMIT = 4_000;

/** Host names that the verifier passes whatever the certificate says. */
const LOCAL: readonly string[] = ['localhost', 'localhost.localdomain', '127.0.0.1', '::1'];

/**
 * Connections to other nodes, over TLS, verified against the node's trust store. The host name must be in the certificate,
 * but for local ones: `DefaultAndLocalhost`, the passthrough sender's default (configuration.md 8).
 * @param trusted PEM; any certificate in the store is trusted, a leaf as well, as Java does
 */
export const upstreamAgent = (trusted: readonly string[]): Agent =>
  new Agent({
    keepAlive: true,
    timeout: IDLE_LIMIT,
    ca: [...trusted],
    allowPartialTrustChain: true,
    checkServerIdentity: (host: string, certificate: PeerCertificate) =>
      LOCAL.includes(host) ? undefined : checkServerIdentity(host, certificate),
  });
