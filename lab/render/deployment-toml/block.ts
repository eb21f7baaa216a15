import type { Plan, PlannedNode } from '../../plan/plan.ts';
import type { TomlTable, TomlValue } from '../toml/document.ts';

/** One table, or array of tables, of a `deployment.toml`. Blocks of one path are merged. */
export type Block = {
  /** Keys joined with dots: `apim.throttling`. */
  readonly path: string;
  /** Stands above the table in the file. */
  readonly comment: string;
  readonly content: TomlTable | readonly TomlTable[];
};

/** The blocks of one concern for one node; none where the product's defaults already fit. */
export type BlockRenderer = (plan: Plan, node: PlannedNode) => readonly Block[];

/** A table of the keys that have a value. */
export const present = (keys: Readonly<Record<string, TomlValue | undefined>>): TomlTable =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]): [string, TomlValue][] => (value === undefined ? [] : [[key, value]])),
  );

/** The services of a Carbon server; clients append the service name, so the slash must be there (configuration.md 5.3). */
export const servicesOf = (url: string): string => `${url}/services/`;

/** The product copies values into its XML files as they stand (configuration.md 4.3). */
export const xmlText = (value: string): string => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
