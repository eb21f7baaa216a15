import type { KeyObject, X509Certificate } from 'node:crypto';
import type { Role } from '../../../../lab/product/roles.ts';
import type { Version } from '../../../../lab/product/versions.ts';
import type { Configuration } from '../config/configuration.ts';
import type { Properties } from '../config/replace-properties.ts';
import type { Database } from '../database/database.ts';
import type { UnroutedCall } from './call.ts';
import type { CarbonEvents } from './events.ts';
import type { Log } from './log.ts';
import type { User, UserStore } from './user-store.ts';

/** What every webapp and service of a node may use; made once by the start, before any listener opens. */
export type CarbonContext = {
  readonly version: Version;
  /** Product home, absolute. */
  readonly home: string;
  /** The role whose services run: that of `-Dprofile`, or all-in-one. */
  readonly role: Role;
  readonly configuration: Configuration;
  /** What `${mgt.transport.https.port}` and its kin stand for on this node; for `replaceProperties` (configuration.md 3.4). */
  readonly properties: Properties;
  /** Absent where the node uses its own H2: only a role that needs nothing of it starts then (configuration.md 6.1). */
  readonly databases: { readonly apim?: Database; readonly shared?: Database };
  readonly users: UserStore;
  readonly authenticator: Authenticator;
  /** Of `[keystore.primary]`: signs tokens, and encrypts what is stored. All nodes share it (configuration.md 8). */
  readonly primaryKey: PrimaryKey;
  readonly events: CarbonEvents;
  /** A logger under this Java class name, in full. */
  readonly log: (className: string) => Log;
};

/**
 * Who is calling. Bad credentials are `undefined`, never an error; every method rejects when the user store cannot be
 * reached.
 */
export type Authenticator = {
  /** The user of `Authorization: Basic` (RFC 7617, UTF-8). Takes no notice of sessions: what the REST APIs ask. */
  basic(call: UnroutedCall): Promise<User | undefined>;
  /**
   * What the admin services ask (wire.md 10): a known JSESSIONID, else Basic, which opens a session and so brings a
   * cookie for the answer. A cookie of another node without Basic is nobody.
   */
  session(call: UnroutedCall): Promise<LoggedIn | undefined>;
  /** Opens a session for a user that may log in. */
  logIn(username: string, password: string): Promise<LoggedIn | undefined>;
  /** Ends the session whose cookie the call carries. */
  logOut(call: UnroutedCall): void;
};

/** `cookie` is a `Set-Cookie` value, present when the session is new. */
export type LoggedIn = { readonly user: User; readonly cookie?: string };

export type PrimaryKey = { readonly privateKey: KeyObject; readonly certificate: X509Certificate };
