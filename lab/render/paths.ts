/** Where rendered files lie below the lab directory. Compose mounts them by these paths. */
export const FILES = {
  compose: 'compose.yaml',
  /** What other commands and programs need to know about the lab. */
  description: 'lab.json',
  mysqlInit: 'mysql/init.sql',
  ganesha: 'nfs/ganesha.conf',
  nginx: (balancer: string) => `${balancer}/nginx.conf`,
  certificate: (name: string) => `certificates/${name}.pem`,
  key: (name: string) => `certificates/${name}.key`,
  ca: 'certificates/ca.pem',
  /** Trust store for clients outside the lab. */
  trustStore: 'trust/client-truststore.jks',
} as const;

/** Mounted as the artifact volume of product nodes: laid out like the product home. */
export const ARTIFACTS = 'artifacts';

/** Mounted as the node's config volume: laid out like the product home. */
export const nodeDirectory = (node: string): string => `nodes/${node}`;
