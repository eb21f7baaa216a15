import { afterAll, beforeAll } from 'vitest';
import type { Version } from '../../../lab/product/versions.ts';
import { type MysqlUnderTest, startMysql } from '../oauth2/mysql.ts';
import { type Environment, PublisherNode } from './publisher-node.ts';

export type Fixture = {
  /** A Publisher over the databases of the test file; stopped at the end of the file. */
  start(version?: Version, environments?: readonly Environment[], trafficManagerUrl?: string): Promise<PublisherNode>;
};

/** One MySQL server for a test file, and Publishers over it; call it once, outside of tests. */
export const usePublishers = (): Fixture => {
  let mysql: MysqlUnderTest | undefined;
  const nodes: PublisherNode[] = [];
  beforeAll(async () => {
    mysql = await startMysql();
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
    await mysql?.dispose();
  });
  return {
    start: async (version, environments, trafficManagerUrl) => {
      if (!mysql) throw new Error('MySQL is not there yet: start nodes in hooks and tests');
      const node = await PublisherNode.start(mysql, version, environments, trafficManagerUrl);
      nodes.push(node);
      return node;
    },
  };
};
