import type { Version } from './versions.ts';

/** REST webapps of a node, by the last part of their context `/api/am/<webapp>`. */
export type RestApi = 'publisher' | 'store' | 'admin';

/** Base paths on the servlet port, newest first (wire.md 7.1); the outdated `v0.1x` of Publisher and Portal are left out. */
export const REST_BASE_PATHS: Readonly<Record<RestApi, Readonly<Record<Version, readonly [string, ...string[]]>>>> = {
  publisher: {
    '3.0.0': ['/api/am/publisher/v1.0'],
    '3.1.0': ['/api/am/publisher/v1'],
    '3.2.0': ['/api/am/publisher/v1'],
  },
  store: {
    '3.0.0': ['/api/am/store/v1.0'],
    '3.1.0': ['/api/am/store/v1'],
    '3.2.0': ['/api/am/store/v1'],
  },
  admin: {
    '3.0.0': ['/api/am/admin/v0.15'],
    '3.1.0': ['/api/am/admin/v0.16'],
    '3.2.0': ['/api/am/admin/v1', '/api/am/admin/v0.17'],
  },
};
