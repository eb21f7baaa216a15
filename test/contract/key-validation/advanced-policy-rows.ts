import type { KeyManager } from '../oauth2/key-manager.ts';
import { insertRow, rows } from '../oauth2/rows.ts';
import type { Subscribed } from './key-validation-fixture.ts';

const SUPER_TENANT = -1234;

const quota = (type: string, prefix = '') => ({
  [`${prefix}QUOTA_TYPE`]: type,
  [`${prefix}QUOTA`]: 5,
  [`${prefix}QUOTA_UNIT`]: type === 'requestCount' ? null : 'KB',
  [`${prefix}UNIT_TIME`]: 1,
  [`${prefix}TIME_UNIT`]: 'min',
});

/** An advanced policy that counts what its type says. @returns its id */
export const addPolicy = (km: KeyManager, name: string, type: string): Promise<number> =>
  insertRow(km, 'AM_API_THROTTLE_POLICY', {
    NAME: name,
    TENANT_ID: SUPER_TENANT,
    APPLICABLE_LEVEL: 'apiLevel',
    ...quota(type, 'DEFAULT_'),
  });

/** A policy of five requests with a group without conditions. @returns the group's id */
export const addGroup = async (km: KeyManager, policy: string, type: string): Promise<number> => {
  const id = await addPolicy(km, policy, 'requestCount');
  return insertRow(km, 'AM_CONDITION_GROUP', { POLICY_ID: id, ...quota(type) });
};

/** Gives the first resource of an API a policy. */
export const setResourcePolicy = (km: KeyManager, { api }: Subscribed, policy: string) =>
  rows(km, `UPDATE AM_API_URL_MAPPING SET THROTTLING_TIER = ? WHERE API_ID = ? AND URL_PATTERN = '/menu'`, [
    policy,
    api,
  ]);

export const setApiPolicy = (km: KeyManager, { api }: Subscribed, policy: string) =>
  rows(km, 'UPDATE AM_API SET API_TIER = ? WHERE API_ID = ?', [policy, api]);
