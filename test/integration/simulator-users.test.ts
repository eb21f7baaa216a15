import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRealm, type RealmPlan } from '../../compose/wso2am/server/carbon/users/create-realm.ts';
import { databaseUserStore } from '../../compose/wso2am/server/carbon/users/database-user-store.ts';
import { newSalt, passwordHash } from '../../compose/wso2am/server/carbon/users/password-hash.ts';
import type { Database } from '../../compose/wso2am/server/database/database.ts';
import { openMysqlDatabase } from '../../compose/wso2am/server/database/mysql-database.ts';
import { type MysqlServer, startMysql, type TestSchema } from './mysql-server.ts';

const TENANT = -1234;
const PLAN: RealmPlan = {
  admin: { username: 'admin', password: 'secret' },
  createAdmin: true,
  hybridRoles: ['subscriber', 'creator', 'publisher'],
  uniqueIds: false,
};

let server: MysqlServer;
beforeAll(async () => {
  server = await startMysql();
});
afterAll(() => server.stop());

let schema: TestSchema;
let database: Database;
const opened: Database[] = [];
const open = async (maxActive = 50): Promise<Database> => {
  const { username, password, host, port, database: name } = schema;
  const address = { host, port, database: name, tls: 'none' } as const;
  const settings = { name: 'WSO2_SHARED_DB', address, username, password, maxActive, maxWait: 60_000, authorities: [] };
  const one = await openMysqlDatabase(settings);
  opened.push(one);
  return one;
};
beforeEach(async () => {
  schema = await server.schema('shared_db');
  database = await open();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

/** COUNT is a BIGINT, which comes as text. */
const count = async (table: string): Promise<number> =>
  Number((await database.query(`SELECT COUNT(*) AS ROWS_NOW FROM ${table}`))[0]?.ROWS_NOW);

const TABLES = ['UM_DOMAIN', 'UM_USER', 'UM_ROLE', 'UM_USER_ROLE', 'UM_HYBRID_ROLE', 'UM_HYBRID_USER_ROLE'];
const counts = (): Promise<number[]> => Promise.all(TABLES.map(count));

const addUser = async (name: string, password: string, role?: string): Promise<void> => {
  const salt = newSalt();
  await database.execute(
    'INSERT INTO UM_USER (UM_USER_NAME, UM_USER_PASSWORD, UM_SALT_VALUE, UM_TENANT_ID) VALUES (?, ?, ?, ?)',
    [name, passwordHash(password, salt), salt, TENANT],
  );
  if (role === undefined) return;
  await database.execute(
    `INSERT INTO UM_HYBRID_USER_ROLE (UM_USER_NAME, UM_ROLE_ID, UM_TENANT_ID, UM_DOMAIN_ID)
     SELECT ?, r.UM_ID, ?, d.UM_DOMAIN_ID FROM UM_HYBRID_ROLE r, UM_DOMAIN d WHERE r.UM_ROLE_NAME = ?`,
    [name, TENANT, role],
  );
};

describe('the realm of an empty schema', () => {
  it('gets the admin with all roles', async () => {
    await createRealm(database, PLAN);

    expect(await databaseUserStore(database).authenticate('admin', 'secret')).toEqual({
      name: 'admin',
      roles: ['admin', 'Internal/everyone', 'Internal/subscriber', 'Internal/creator', 'Internal/publisher'],
    });
  });

  it('is made once, however many nodes start at the same moment', async () => {
    const nodes = await Promise.all(Array.from({ length: 8 }, () => open()));

    await Promise.all(nodes.map((node) => createRealm(node, PLAN)));

    expect(await counts()).toEqual([1, 1, 1, 1, 4, 3]);
    expect(await database.query('SELECT * FROM information_schema.innodb_trx')).toEqual([]);
  });

  it('gives users an id of their own where the user store wants one', async () => {
    await createRealm(database, { ...PLAN, uniqueIds: true });

    const [admin] = await database.query('SELECT UM_USER_ID FROM UM_USER');
    expect(admin?.UM_USER_ID).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('stays without an admin that must not be made, and the start ends there', async () => {
    await expect(createRealm(database, { ...PLAN, createAdmin: false })).rejects.toThrow(
      'Add-Admin has been set to false',
    );
    expect(await counts()).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('the realm of a schema in use', () => {
  beforeEach(() => createRealm(database, PLAN));

  it('is left as it is by the next start', async () => {
    await database.execute('UPDATE UM_USER SET UM_USER_PASSWORD = ?, UM_SALT_VALUE = NULL', [
      passwordHash('changed', ''),
    ]);
    await database.execute('DELETE FROM UM_HYBRID_USER_ROLE');

    await createRealm(database, PLAN);

    expect(await databaseUserStore(database).authenticate('admin', 'changed')).toEqual({
      name: 'admin',
      roles: ['admin', 'Internal/everyone'],
    });
  });

  it('gets what a later version adds', async () => {
    await createRealm(database, { ...PLAN, hybridRoles: [...PLAN.hybridRoles, 'devops'] });

    expect((await databaseUserStore(database).find('admin'))?.roles).toContain('Internal/devops');
  });
});

describe('the user store', () => {
  beforeEach(() => createRealm(database, PLAN));

  it('knows users by name in any case, with tenant or without', async () => {
    await addUser('Bob', 'pässwörd€', 'subscriber');
    const store = databaseUserStore(database);
    const bob = { name: 'Bob', roles: ['Internal/everyone', 'Internal/subscriber'] };

    for (const name of ['Bob', 'bob', 'BOB@carbon.super', 'PRIMARY/bob'])
      expect(await store.authenticate(name, 'pässwörd€')).toEqual(bob);
    expect(await store.find('bob')).toEqual(bob);
  });

  it('refuses wrong passwords and unknown users', async () => {
    const store = databaseUserStore(database);

    expect(await store.authenticate('admin', 'Secret')).toBeUndefined();
    expect(await store.authenticate('admin', '')).toBeUndefined();
    expect(await store.authenticate('nobody', 'secret')).toBeUndefined();
    expect(await store.authenticate('admin@elsewhere.com', 'secret')).toBeUndefined();
  });

  it('takes no name for another that only looks like it', async () => {
    await addUser('müller', 'x');
    const store = databaseUserStore(database);

    expect(await store.find('muller')).toBeUndefined();
    expect(await store.find('MÜLLER')).toMatchObject({ name: 'müller' });
  });

  it.each(['łukasz', '管理者', "admin' OR '1'='1", 'admin%', 'admin\u0000', '😀'])(
    'does not fail over a name that cannot be there: %j',
    async (name) => {
      expect(await databaseUserStore(database).authenticate(name, 'secret')).toBeUndefined();
    },
  );

  it('sees at once what another node changed', async () => {
    const store = databaseUserStore(database);
    await store.find('admin');
    await (await open()).execute('DELETE FROM UM_USER_ROLE');

    expect((await store.find('admin'))?.roles).not.toContain('admin');
  });
});

describe('a MySQL datasource', () => {
  it('rolls a failed transaction back and can be used again', async () => {
    const failure = database.transaction(async (statements) => {
      await statements.execute('INSERT INTO UM_ROLE (UM_ROLE_NAME, UM_TENANT_ID) VALUES (?, ?)', ['half', TENANT]);
      throw new Error('given up');
    });

    await expect(failure).rejects.toThrow('given up');
    expect(await count('UM_ROLE')).toBe(0);
  });

  it('keeps big integers exact, as text', async () => {
    const [row] = await database.query('SELECT CAST(? AS SIGNED) AS BIG, 7 AS SMALL', ['9007199254740993']);

    expect(row?.BIG).toBe('9007199254740993');
  });

  it('binds values and never reads them as SQL', async () => {
    const text = "x'; DROP TABLE UM_USER; --";
    const [row] = await database.query('SELECT ? AS TEXT', [text]);

    expect(row?.TEXT).toBe(text);
  });

  it('counts affected rows and gives the new id', async () => {
    const insert = 'INSERT INTO UM_ROLE (UM_ROLE_NAME, UM_TENANT_ID) VALUES (?, ?)';
    const first = await database.execute(insert, ['a', TENANT]);
    const second = await database.execute(insert, ['b', TENANT]);

    expect(first.affectedRows).toBe(1);
    expect(second.insertId).toBe(first.insertId + 1);
  });

  it('tells the server’s error without the values of the statement', async () => {
    const insert = 'INSERT INTO UM_USER (UM_USER_NAME, UM_USER_PASSWORD, UM_TENANT_ID, NO_SUCH) VALUES (?, ?, ?, 1)';
    const failure = await database.execute(insert, ['x', 'secret-value', TENANT]).catch((cause: unknown) => cause);

    expect(failure).toMatchObject({ name: 'DatabaseError', code: 'ER_BAD_FIELD_ERROR' });
    expect(String(failure)).not.toContain('secret-value');
  });

  it('waits for a connection when all are in use', async () => {
    const narrow = await open(1);
    const results = await Promise.all([1, 2, 3].map((value) => narrow.query('SELECT ? AS VALUE_NOW', [String(value)])));

    expect(results.map(([row]) => row?.VALUE_NOW)).toEqual(['1', '2', '3']);
  });

  it('recovers from a connection that the server ended', async () => {
    const [row] = await database.query('SELECT CONNECTION_ID() AS ID');
    await (await open()).execute(`KILL ${row?.ID}`);

    await vi.waitFor(async () => expect(await count('UM_USER')).toBe(0));
  });

  it('is refused with a wrong password', async () => {
    schema = { ...schema, password: 'wrong' };

    await expect((await open()).query('SELECT 1')).rejects.toMatchObject({ code: 'ER_ACCESS_DENIED_ERROR' });
  });
});
