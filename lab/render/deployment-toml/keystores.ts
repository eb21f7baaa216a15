import { KEY_STORES } from '../../product/image.ts';
import type { BlockRenderer } from './block.ts';

const KEY_STORE = {
  type: KEY_STORES.type,
  password: KEY_STORES.password,
  alias: KEY_STORES.alias,
  key_password: KEY_STORES.password,
};

/** Key stores and trust store (configuration.md 8). `[keystore.internal]` needs no words: it refers to the primary one. */
export const renderKeyStores: BlockRenderer = () => [
  {
    path: 'keystore.tls',
    comment: "This node's own certificate",
    content: { file_name: KEY_STORES.tls, ...KEY_STORE },
  },
  {
    path: 'keystore.primary',
    comment: 'One for all nodes: encrypts the registry, signs tokens',
    content: { file_name: KEY_STORES.primary, ...KEY_STORE },
  },
  {
    path: 'truststore',
    comment: "The lab's authority and the certificates of all nodes",
    content: { file_name: KEY_STORES.trust, type: KEY_STORES.type, password: KEY_STORES.password },
  },
];
