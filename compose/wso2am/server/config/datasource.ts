import type { Configuration } from './configuration.ts';
import { decodeXml } from './decode-xml.ts';

/** One datasource of `master-datasources.xml` (configuration.md 7). */
export type Datasource = {
  /** JDBC URL, with `&` where the file has `&amp;`. */
  readonly url: string;
  readonly driver: string;
  readonly username: string;
  readonly password: string;
  readonly validationQuery: string | undefined;
  /** Connections at most. */
  readonly maxActive: number;
};

/** The datasource of a table `[database.<table>]`: `apim_db` is WSO2AM_DB, `shared_db` WSO2_SHARED_DB. */
export const datasource = (configuration: Configuration, table: 'apim_db' | 'shared_db'): Datasource => {
  const text = (field: string): string => decodeXml(configuration.text(`database.${table}.${field}`));
  return {
    url: text('url'),
    driver: text('driver'),
    username: text('username'),
    password: text('password'),
    validationQuery: configuration.optionalText(`database.${table}.validationQuery`),
    maxActive: configuration.number(`database.${table}.pool_options.maxActive`),
  };
};
