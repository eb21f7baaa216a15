import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME_PATHS } from '../../../../lab/product/image.ts';
import { ROLE_FACTS, ROLES, type Role } from '../../../../lab/product/roles.ts';
import type { Version } from '../../../../lab/product/versions.ts';
import type { Log } from './log.ts';
import type { ProductHome } from './product-home.ts';
import type { StartArguments } from './start-arguments.ts';

/**
 * `--optimize` does here what hurts in the product: it replaces the `deployment.toml` of the node by the template of the role,
 * localhost and H2 included, and keeps the node's own as `.backup` (configuration.md 2.2 and 12). There is nothing else to
 * prune: a simulated node never has more than its profile. Without a known profile nothing happens.
 */
export const optimize = (
  home: ProductHome,
  { systemProperties, skipConfigOptimization }: StartArguments,
  log: Log,
): void => {
  const role = ROLES.find((each) => ROLE_FACTS[each].profile === systemProperties.profile);
  if (role === undefined) return;
  log.info(`Starting to optimize API Manager for the ${ROLE_FACTS[role].title} profile`);
  if (skipConfigOptimization && home.version !== '3.0.0') return;

  const path = join(home.path, HOME_PATHS.deploymentToml);
  if (existsSync(path)) copyFileSync(path, `${path}.backup`);
  writeFileSync(path, roleTemplate(role, home.version));
  log.warn(`${path} was replaced by the template of the profile; the former one is deployment.toml.backup`);
};

/** The least a role's shipped template holds; 3.0.0 misnames the portal's role in it (configuration.md 2.1). */
const roleTemplate = (role: Role, version: Version): string => {
  const misnamed = role === 'developer-portal' && version === '3.0.0';
  const serverRole = misnamed ? 'api-devportal' : ROLE_FACTS[role].serverRole(version);
  return `[server]
#hostname = "localhost"
node_ip = "127.0.0.1"
server_role = "${serverRole}"

[super_admin]
username = "admin"
password = "admin"
create_admin_account = true

[user_store]
type = "database"

[database.apim_db]
type = "h2"
url = "jdbc:h2:./repository/database/WSO2AM_DB;AUTO_SERVER=TRUE;DB_CLOSE_ON_EXIT=FALSE"
username = "wso2carbon"
password = "wso2carbon"

[database.shared_db]
type = "h2"
url = "jdbc:h2:./repository/database/WSO2SHARED_DB;DB_CLOSE_ON_EXIT=FALSE"
username = "wso2carbon"
password = "wso2carbon"
`;
};
