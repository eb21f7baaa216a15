import type { ApiFields } from './api-fields.ts';
import type { LifecycleState } from './lifecycle.ts';

/** An API as Publisher, Portal and gateways share it through the database. */
export type Api = Omit<ApiFields, 'provider' | 'context' | 'gatewayEnvironments'> & {
  /** UUID of the REST API. */
  readonly id: string;
  /** `API_ID` of the rows in apim_db. */
  readonly rowId: number;
  readonly provider: string;
  /** As the client wrote it, with a leading slash: `/pizzashack`. */
  readonly context: string;
  readonly gatewayEnvironments: readonly string[];
  /** Whether the registry has an icon of it. */
  readonly hasThumbnail: boolean;
  readonly status: LifecycleState;
  readonly createdTime: Date;
  readonly lastUpdatedTime: Date;
};

/** Context with the version in it, as gateways and key validation know it: `/pizzashack/1.0.0`. */
export const fullContext = ({ context, version }: Pick<Api, 'context' | 'version'>): string =>
  contextTemplate(context).replaceAll('{version}', version);

/** `CONTEXT_TEMPLATE`: where the context does not say where the version goes, it goes to the end. */
export const contextTemplate = (context: string): string =>
  context.includes('{version}') ? context : `${context}/{version}`;
