import type { PlannedFront } from '../../plan/plan.ts';
import type { Listener } from '../../product/ports.ts';
import { balancesByCookie, COOKIE_HEADER } from './affinity.ts';
import { block, upstreamName } from './upstream.ts';

const PLAIN: readonly Listener[] = ['http', 'passthroughHttp', 'ws'];
const WEBSOCKET: readonly Listener[] = ['ws', 'wss'];

/**
 * A virtual host, on its well-known port and on one of its own where no host name is needed. Nodes are verified against
 * the front's host name, which stands in the certificate of each of them.
 */
export const renderFront = (front: PlannedFront): string => {
  const plain = PLAIN.includes(front.listener);
  const tls = plain ? '' : ' ssl';
  return block('server', [
    `listen ${front.port}${tls};`,
    `listen ${front.directPort}${tls};`,
    `server_name ${front.hostname};`,
    block('location /', [
      `proxy_pass ${plain ? 'http' : 'https'}://${upstreamName(front)};`,
      ...(plain ? [] : [`proxy_ssl_name ${front.hostname};`]),
      ...forwardedHeaders(front),
      ...(WEBSOCKET.includes(front.listener) ? UPGRADE_HEADERS : []),
      ...(balancesByCookie(front) ? [COOKIE_HEADER] : []),
    ]),
  ]);
};

/** Port 80 of components that speak TLS only sends people to 443 (configuration.md 9.2). */
export const renderRedirects = (fronts: readonly PlannedFront[]): readonly string[] => {
  const plain = new Set(fronts.filter(({ port }) => port === 80).map(({ hostname }) => hostname));
  const names = fronts
    .filter(({ port, hostname }) => port === 443 && !plain.has(hostname))
    .map((each) => each.hostname);
  if (names.length === 0) return [];
  return [
    block('server', [
      'listen 80;',
      `server_name ${[...new Set(names)].join(' ')};`,
      'return 301 https://$host$request_uri;',
    ]),
  ];
};

/** What the documentation sets towards the product (configuration.md 9.2). */
const forwardedHeaders = ({ port }: PlannedFront): readonly string[] => [
  'proxy_set_header X-Forwarded-Host $host;',
  'proxy_set_header X-Forwarded-Server $host;',
  'proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;',
  'proxy_set_header X-Forwarded-Proto $scheme;',
  `proxy_set_header X-Forwarded-Port ${port};`,
  'proxy_set_header Host $http_host;',
];

const UPGRADE_HEADERS: readonly string[] = [
  'proxy_set_header Upgrade $http_upgrade;',
  'proxy_set_header Connection $connection_upgrade;',
];
