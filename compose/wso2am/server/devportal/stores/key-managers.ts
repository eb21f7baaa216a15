import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { SUPER_TENANT_DOMAIN } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { RESIDENT_KEY_MANAGER } from '../model/keys.ts';

/** A row of AM_KEY_MANAGER, which 3.2.0 has. */
export type KeyManagerRow = {
  readonly id: string;
  readonly name: string;
  readonly displayName: string | null;
  readonly description: string | null;
  readonly type: string | null;
  readonly enabled: boolean;
  readonly tenantDomain: string;
  readonly configuration: Readonly<Record<string, unknown>>;
};

/** `TYPE` of the Key Manager that is part of the product. */
export const RESIDENT_TYPE = 'default';

/** Tokens in the form of a UUID are opaque ones of this Key Manager. */
const TOKEN_FORMAT = [
  {
    enable: true,
    type: 'REFERENCE',
    value: '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}',
  },
];

const configuration = z.record(z.string(), z.unknown());

const row = z
  .object({
    UUID: z.string(),
    NAME: z.string(),
    DISPLAY_NAME: z.string().nullable(),
    DESCRIPTION: z.string().nullable(),
    TYPE: z.string().nullable(),
    ENABLED: z.number(),
    TENANT_DOMAIN: z.string(),
    CONFIGURATION: z.instanceof(Buffer).nullable(),
  })
  .transform(
    (found): KeyManagerRow => ({
      id: found.UUID,
      name: found.NAME,
      displayName: found.DISPLAY_NAME,
      description: found.DESCRIPTION,
      type: found.TYPE,
      enabled: found.ENABLED === 1,
      tenantDomain: found.TENANT_DOMAIN,
      configuration:
        found.CONFIGURATION === null ? {} : configuration.parse(JSON.parse(found.CONFIGURATION.toString('utf8'))),
    }),
  );

/** The Key Managers of a tenant. As in the product, whoever lists them registers the resident one first, if nobody did. */
export const listKeyManagers = async (statements: Statements): Promise<readonly KeyManagerRow[]> => {
  await registerResident(statements);
  const rows = await statements.query(
    `SELECT UUID, NAME, DISPLAY_NAME, DESCRIPTION, TYPE, ENABLED, TENANT_DOMAIN, CONFIGURATION FROM AM_KEY_MANAGER
     WHERE TENANT_DOMAIN = ? ORDER BY NAME`,
    [SUPER_TENANT_DOMAIN],
  );
  return rows.map((each) => row.parse(each));
};

const registerResident = async (statements: Statements): Promise<void> => {
  const identity = [RESIDENT_KEY_MANAGER, SUPER_TENANT_DOMAIN];
  const [known] = await statements.query(
    'SELECT UUID FROM AM_KEY_MANAGER WHERE NAME = ? AND TENANT_DOMAIN = ?',
    identity,
  );
  if (known) return;
  // Two nodes may find it missing at once; the table keeps one.
  await statements.execute(
    `INSERT INTO AM_KEY_MANAGER (UUID, NAME, DISPLAY_NAME, DESCRIPTION, TYPE, CONFIGURATION, ENABLED, TENANT_DOMAIN)
     VALUES (?, ?, ?, 'This is Resident Key Manager', ?, ?, 1, ?) ON DUPLICATE KEY UPDATE NAME = VALUES(NAME)`,
    [
      randomUUID(),
      RESIDENT_KEY_MANAGER,
      RESIDENT_KEY_MANAGER,
      RESIDENT_TYPE,
      Buffer.from(JSON.stringify({ token_format_string: JSON.stringify(TOKEN_FORMAT) })),
      SUPER_TENANT_DOMAIN,
    ],
  );
};
