import type { PassagePort, Plan, PlannedPassage } from '../../plan/plan.ts';
import { block } from './upstream.ts';

/** Answers by itself, so that a health check calls nobody behind the firewall. */
export const PASSAGE_HEALTH_PORT = 1;

/**
 * `nginx.conf` of a way through the firewall: TCP in, the same bytes out, and nothing on any other port. It ends no connection
 * that is silent, for those of the broker may be so for long (configuration.md 11), and leaves it to callers how long they wait
 * for a host that does not answer.
 */
export const renderPassage = (
  { lab }: Plan,
  { hostname, ports }: PlannedPassage,
): string => `# From the DMZ of the lab "${lab}" to ${hostname}.
# Rendered by apim-lab from the topology file: change that, not this.

load_module modules/ngx_stream_module.so;

worker_processes 1;
error_log stderr warn;

events {
  worker_connections 4096;
}

${block('stream', [
  `log_format passage '$remote_addr to ${hostname}:$server_port $status $bytes_received $bytes_sent $session_time';`,
  'access_log /dev/stdout passage;',
  'proxy_connect_timeout 5m;',
  'proxy_timeout 1d;',
  ...ports.map(renderPort),
  block('server', [`listen 127.0.0.1:${PASSAGE_HEALTH_PORT};`, 'access_log off;', 'return "";']),
])}
`;

const renderPort = ({ port, to, why }: PassagePort): string =>
  `# ${why}\n${block('server', [`listen ${port};`, `proxy_pass ${to.address}:${to.port};`])}`;
