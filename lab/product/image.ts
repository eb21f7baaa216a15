import type { Version } from './versions.ts';

/** The word in a topology for the lab's own image. */
export const SIMULATOR = 'simulator';

/** Contract of the product image and so of the simulator's (configuration.md 12). */
export const IMAGE = {
  user: 'wso2carbon',
  uid: 802,
  gid: 802,
  userHome: '/home/wso2carbon',
  /** Copied over the product home by the entrypoint, in this order. */
  configVolume: '/home/wso2carbon/wso2-config-volume',
  artifactVolume: '/home/wso2carbon/wso2-artifact-volume',
  entrypoint: '/home/wso2carbon/docker-entrypoint.sh',
} as const;

/** Paths below the product home. */
export const HOME_PATHS = {
  deploymentToml: 'repository/conf/deployment.toml',
  security: 'repository/resources/security',
  deploymentServer: 'repository/deployment/server',
  logs: 'repository/logs',
  /** Where start scripts look for JDBC drivers and other jars (configuration.md 7). */
  libraries: ['repository/components/lib', 'repository/components/dropins'],
  /** What makes the tables of a schema on MySQL (configuration.md 7); the broker's store stays on H2. */
  dbscripts: { shared_db: 'dbscripts/mysql.sql', apim_db: 'dbscripts/apimgt/mysql.sql' },
} as const;

/** Product home inside the image: `/home/wso2carbon/wso2am-<version>`. */
export const productHome = (version: Version): string => `${IMAGE.userHome}/wso2am-${version}`;

/** Key store facts (configuration.md 8): file names, password, alias as shipped. */
export const KEY_STORES = {
  /** The node's own TLS key; the name the documentation's samples give it. */
  tls: 'wso2carbon.jks',
  /** One for all nodes: registry encryption and token signing. Named apart, for the TLS key differs per node. */
  primary: 'primary.jks',
  trust: 'client-truststore.jks',
  type: 'JKS',
  password: 'wso2carbon',
  alias: 'wso2carbon',
  /** Alias under which 3.1/3.2 gateways look for the Key Manager's signing certificate. */
  gatewayCertificateAlias: 'gateway_certificate_alias',
} as const;
