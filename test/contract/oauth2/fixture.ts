import { afterAll, beforeAll } from 'vitest';
import { KeyManager, type KeyManagerOptions } from './key-manager.ts';
import { type MysqlUnderTest, startMysql } from './mysql.ts';

export type Fixture = {
  /** A Key Manager of 3.0.0 with the clock of the machine. */
  readonly km: KeyManager;
  /** Another node over the same databases; stopped at the end of the file. */
  start(options?: KeyManagerOptions): Promise<KeyManager>;
};

/** One MySQL server for a test file, and Key Managers over it; call it once, outside of tests. */
export const useKeyManagers = (): Fixture => {
  let mysql: MysqlUnderTest | undefined;
  let km: KeyManager | undefined;
  const nodes: KeyManager[] = [];

  const start = async (options?: KeyManagerOptions): Promise<KeyManager> => {
    if (!mysql) throw new Error('MySQL is not there yet: start nodes in hooks and tests');
    const node = await KeyManager.start(mysql, options);
    nodes.push(node);
    return node;
  };

  beforeAll(async () => {
    mysql = await startMysql();
    km = await start();
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await mysql?.dispose();
  });

  return {
    start,
    get km() {
      if (!km) throw new Error('The Key Manager is not there yet: use it in hooks and tests');
      return km;
    },
  };
};
