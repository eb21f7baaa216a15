import type { Plan, PlannedBalancer } from '../plan/plan.ts';
import { balancesByCookie, renderAffinity } from './nginx/affinity.ts';
import { renderFront, renderRedirects } from './nginx/server.ts';
import { renderUpstream } from './nginx/upstream.ts';

/**
 * `nginx.conf` of a load balancer, mounted whole (configuration.md 9, docker.md 4): TLS in, TLS out, one upstream per
 * front with fixed addresses, so that it starts without any node and needs no resolver. It has no `stream` block, for
 * the broker and the event receivers must be reached node by node.
 */
export const renderNginx = (plan: Plan, { fronts }: PlannedBalancer): string => {
  const served = fronts.filter(({ upstream }) => upstream.length > 0);
  const blocks = [
    SETTINGS,
    ...(served.some(balancesByCookie) ? [renderAffinity()] : []),
    ...(served.some(({ listener }) => listener === 'ws' || listener === 'wss') ? [UPGRADE] : []),
    ...served.map(renderUpstream),
    UNKNOWN_HOST,
    ...renderRedirects(served),
    ...served.map(renderFront),
  ];
  return `${head(plan.lab)}
http {
${blocks.map(indent).join('\n\n')}
}
`;
};

/** One worker: what it learns of a dead node holds for every request. */
const head = (lab: string): string => `# Load balancer of the lab "${lab}".
# Rendered by apim-lab from the topology file: change that, not this.

worker_processes 1;
error_log stderr warn;

events {
  worker_connections 4096;
}
`;

const SETTINGS = `log_format lab '$remote_addr "$request" $status $body_bytes_sent $request_time $host $upstream_addr';
access_log /dev/stdout lab;

server_tokens off;
server_names_hash_bucket_size 256;
client_max_body_size 100m;
# Log-in redirects carry long URLs and cookies.
large_client_header_buffers 4 32k;
proxy_buffer_size 16k;
proxy_buffers 8 16k;

ssl_certificate /etc/nginx/certificates/lb.pem;
ssl_certificate_key /etc/nginx/certificates/lb.key;
ssl_protocols TLSv1.2 TLSv1.3;
ssl_session_cache shared:clients:1m;

proxy_http_version 1.1;
proxy_ssl_verify on;
proxy_ssl_trusted_certificate /etc/nginx/certificates/ca.pem;
proxy_ssl_server_name on;

# Carbon may think for minutes; a node that is gone must not cost as much.
proxy_connect_timeout 2s;
proxy_send_timeout 5m;
proxy_read_timeout 5m;
# To the next node when this one fails, except what may have had an effect: nginx never repeats a POST it has sent.
proxy_next_upstream error timeout;`;

const UPGRADE = `map $http_upgrade $connection_upgrade {
  default upgrade;
  ''      close;
}`;

/** Misdirected Request: a wrong name must not silently end at whichever component happens to be first. */
const UNKNOWN_HOST = `server {
  listen 80 default_server;
  listen 443 ssl default_server;
  default_type text/plain;
  return 421 "No component of this lab has the host name $host\\n";
}`;

const indent = (block: string): string => block.replace(/^(?=.)/gm, '  ');
