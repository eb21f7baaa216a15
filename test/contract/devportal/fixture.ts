import { afterAll, beforeAll } from 'vitest';
import type { Version } from '../../../lab/product/versions.ts';
import { type MysqlUnderTest, startMysql } from '../oauth2/mysql.ts';
import { PortalNode } from './portal-node.ts';

export type Fixture = {
  /** A Portal over the databases of the test file; stopped at the end of the file. */
  start(version?: Version, proxyPort?: number): Promise<PortalNode>;
};

/** One MySQL server for a test file, and Portals over it; call it once, outside of tests. */
export const usePortals = (): Fixture => {
  let mysql: MysqlUnderTest | undefined;
  const nodes: PortalNode[] = [];
  beforeAll(async () => {
    mysql = await startMysql();
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await mysql?.dispose();
  });
  return {
    start: async (version = '3.0.0', proxyPort) => {
      if (!mysql) throw new Error('MySQL is not there yet: start nodes in hooks and tests');
      const node = await PortalNode.start(mysql, version, proxyPort);
      nodes.push(node);
      return node;
    },
  };
};
