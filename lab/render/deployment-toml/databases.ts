import type { PlannedDatabase, PlannedSchema } from '../../plan/plan.ts';
import { type SchemaKey, schemasOf } from '../../plan/schemas.ts';
import type { TomlTable } from '../toml/document.ts';
import { type BlockRenderer, present, xmlText } from './block.ts';

const COMMENTS: Readonly<Record<SchemaKey, string>> = {
  apim_db: 'APIs, applications, tokens and policies',
  shared_db: 'Users, roles and registry',
};

/** `[database.apim_db]` and `[database.shared_db]`: on MySQL, but where it is out of reach (configuration.md 7). */
export const renderDatabases: BlockRenderer = ({ version, database }, node) =>
  node.dmz
    ? [
        {
          path: 'database.shared_db',
          comment: 'Its own: MySQL is not to be reached from the DMZ',
          content: OWN_DATABASE,
        },
      ]
    : schemasOf(node, version).map((schema) => ({
        path: `database.${schema}`,
        comment: COMMENTS[schema],
        content: tableOf(database, schema === 'apim_db' ? database.apim : database.shared, node.simulated),
      }));

/** As the documentation's sample of a Traffic Manager has it. The product stops without these keys (configuration.md 4.4). */
const OWN_DATABASE: TomlTable = {
  type: 'h2',
  url: 'jdbc:h2:./repository/database/WSO2SHARED_DB;DB_CLOSE_ON_EXIT=FALSE',
  username: 'wso2carbon',
  password: 'wso2carbon',
};

const tableOf = ({ hostname, port }: PlannedDatabase, schema: PlannedSchema, simulated: boolean): TomlTable =>
  present({
    type: 'mysql',
    hostname,
    name: schema.name,
    // A string in all samples of the documentation.
    port: String(port),
    username: xmlText(schema.username),
    password: xmlText(schema.password),
    ...(!simulated && connectorKeys(hostname, port, schema.name)),
  });

/**
 * What the inferred URL and driver lack in front of MySQL 8 and 9 (configuration.md 7, 12): the driver class by its
 * present name and, because those servers log in by caching_sha2_password, leave to fetch the server's key when the
 * connection has no TLS. `&` is written for the XML file that the URL is copied into.
 */
const connectorKeys = (hostname: string, port: number, name: string): TomlTable => ({
  driver: 'com.mysql.cj.jdbc.Driver',
  url: xmlText(`jdbc:mysql://${hostname}:${port}/${name}?autoReconnect=true&useSSL=false&allowPublicKeyRetrieval=true`),
});
