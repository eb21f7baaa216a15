import type { Version } from '../../product/versions.ts';
import type { HttpClient } from '../http-client.ts';

export type Credentials = { readonly username: string; readonly password: string };

/** What a check of sessions needs of the probe that runs it. */
export type SessionProbe = {
  readonly http: HttpClient;
  readonly status: { readonly version: Version; readonly credentials: Credentials };
};
