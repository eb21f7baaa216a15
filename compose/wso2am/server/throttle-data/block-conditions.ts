import { z } from 'zod';
import type { Version } from '../../../../lab/product/versions.ts';
import type { Statements } from '../database/database.ts';
import { type BlockedAddress, blockedAddressOf } from './blocked-address.ts';

/** What `GET /block` answers: values by kind (wire.md 5.11). Addresses are texts in 3.0.0 and objects since. */
export type BlockConditions = {
  readonly api: readonly string[];
  readonly application: readonly string[];
  readonly ip: readonly (string | BlockedAddress)[];
  readonly user: readonly string[];
  readonly custom: readonly string[];
  /** New in 3.2.0. */
  readonly subscription?: readonly string[];
};

const row = z.object({ CONDITION_ID: z.number(), TYPE: z.string(), VALUE: z.string(), DOMAIN: z.string() });

type Row = z.infer<typeof row>;

const ADDRESS_TYPES: readonly string[] = ['IP', 'IPRANGE'];

/** The conditions that are switched on, of all tenants. */
export const readBlockConditions = async (statements: Statements, version: Version): Promise<BlockConditions> => {
  const found = await statements.query(
    `SELECT CONDITION_ID, TYPE, VALUE, DOMAIN FROM AM_BLOCK_CONDITIONS
     WHERE LOWER(ENABLED) = 'true' AND VALUE IS NOT NULL ORDER BY CONDITION_ID`,
  );
  const rows = found.map((each) => row.parse(each));
  const valuesOf = (type: string): readonly string[] =>
    rows.filter(({ TYPE }) => TYPE === type).map(({ VALUE }) => VALUE);
  const addresses = rows.filter(({ TYPE }) => ADDRESS_TYPES.includes(TYPE));
  return {
    api: valuesOf('API'),
    application: valuesOf('APPLICATION'),
    ip: version === '3.0.0' ? addresses.map(addressText) : addresses.map(addressObject),
    user: valuesOf('USER'),
    custom: valuesOf('CUSTOM'),
    ...(version === '3.2.0' && { subscription: valuesOf('SUBSCRIPTION') }),
  };
};

/** `carbon.super:10.0.0.9`, whether the tenant is stored with it or not. */
const addressText = ({ VALUE: value, DOMAIN: domain }: Row): string =>
  value.startsWith(`${domain}:`) ? value : `${domain}:${value}`;

const addressObject = ({ CONDITION_ID: id, VALUE: value, DOMAIN: tenantDomain }: Row): BlockedAddress =>
  blockedAddressOf({ id, value, tenantDomain });
