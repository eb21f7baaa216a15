import { ROLE_FACTS } from '../../product/roles.ts';
import { VERSION_FACTS } from '../../product/versions.ts';
import { type BlockRenderer, xmlText } from './block.ts';

/** `[server]` and, behind a load balancer, the ports that its clients see (configuration.md 5.1, 9.3). */
export const renderServer: BlockRenderer = ({ version }, node) => [
  {
    path: 'server',
    comment:
      node.serverHostname === node.hostname
        ? 'Who this node is'
        : `Who this node is: behind the load balancer it gives the load balancer's name; its own is ${node.hostname}`,
    content: {
      server_role: ROLE_FACTS[node.role].serverRole(version),
      hostname: node.serverHostname,
      node_ip: node.address,
      offset: node.offset,
    },
  },
  ...(node.proxyPort
    ? [
        {
          path: 'transport.https.properties',
          comment: 'Ports of the load balancer, in place of this node in the URLs it gives out',
          content: { proxyPort: node.proxyPort.https },
        },
        { path: 'transport.http.properties', comment: '', content: { proxyPort: node.proxyPort.http } },
      ]
    : []),
];

/** `[user_store]` and `[super_admin]`: the same on every node (configuration.md 5.1). */
export const renderUsers: BlockRenderer = ({ version, admin }) => [
  {
    path: 'user_store',
    comment: 'Users live in shared_db',
    content: { type: VERSION_FACTS[version].userStoreType },
  },
  {
    path: 'super_admin',
    comment: '',
    content: { username: xmlText(admin.username), password: xmlText(admin.password), create_admin_account: true },
  },
];
