import type { Configuration } from '../config/configuration.ts';

const TABLE = 'apim.sync_runtime_artifacts';

/** How a Publisher of 3.2.0 brings APIs to gateways. Undefined where it saves nothing: it calls each gateway then. */
export type PublisherSynchronization = {
  /** Name of the extension that saves. */
  readonly saver: string;
  /** Whether it calls the admin services of each gateway as well. */
  readonly publishesDirectly: boolean;
};

/** How a gateway of 3.2.0 gets its APIs. Undefined where it has them from its folder only. */
export type GatewaySynchronization = {
  /** APIs with one of these labels are its own. Names of gateway environments are labels too. */
  readonly labels: readonly string[];
  /** Name of the extension that fetches. */
  readonly retriever: string;
  /** Whether attempts follow one another at once, and end; else they go on, with waits between them. */
  readonly startsInSync: boolean;
  /** Milliseconds; doubled before each wait between two attempts. */
  readonly retryDuration: number;
  /** Milliseconds between an event and the fetching of what it tells of. */
  readonly eventWaitingTime: number;
};

/** The extensions that the product brings along; both use its own tables. */
export const DATABASE_SAVER = 'DBSaver';
export const DATABASE_RETRIEVER = 'DBRetriever';

/** `[apim.sync_runtime_artifacts.publisher]`; as soon as there is one, all artifacts are saved. */
export const publisherSynchronization = (configuration: Configuration): PublisherSynchronization | undefined => {
  const table = `${TABLE}.publisher`;
  if (!isWritten(configuration, table)) return undefined;
  return {
    saver: configuration.optionalText(`${table}.artifact_saver`) ?? DATABASE_SAVER,
    publishesDirectly: configuration.optionalFlag(`${table}.publish_directly_to_gateway`) ?? true,
  };
};

/** `[apim.sync_runtime_artifacts.gateway]`, with the defaults that the documentation of 3.2.0 names. */
export const gatewaySynchronization = (configuration: Configuration): GatewaySynchronization | undefined => {
  const table = `${TABLE}.gateway`;
  if (!isWritten(configuration, table)) return undefined;
  const labels = `${table}.gateway_labels`;
  return {
    labels: configuration.has(labels) ? configuration.list(labels) : [],
    retriever: configuration.optionalText(`${table}.artifact_retriever`) ?? DATABASE_RETRIEVER,
    startsInSync: (configuration.optionalText(`${table}.data_retrieval_mode`) ?? 'sync') === 'sync',
    retryDuration: configuration.optionalNumber(`${table}.deployment_retry_duration`) ?? 15_000,
    eventWaitingTime: configuration.optionalNumber(`${table}.event_waiting_time`) ?? 1,
  };
};

/** No template of earlier versions reads these tables. */
const isWritten = (configuration: Configuration, table: string): boolean =>
  configuration.version === '3.2.0' && [...configuration.entries()].some(([key]) => key.startsWith(`${table}.`));
