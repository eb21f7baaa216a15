import { describe, expect, it } from 'vitest';
import { renderMysqlInit } from '../../../lab/render/mysql-init.ts';
import { planTopology, type TopologyInput } from './plan-topology.ts';

const linesFor = (database: NonNullable<TopologyInput['database']>): readonly string[] =>
  renderMysqlInit(planTopology({ database })).trimEnd().split('\n');

describe('the initialisation of MySQL', () => {
  it('makes both schemas in latin1, a user for each, and its rights', () => {
    expect(linesFor({})).toEqual([
      'CREATE DATABASE IF NOT EXISTS `apim_db` CHARACTER SET latin1;',
      'CREATE DATABASE IF NOT EXISTS `shared_db` CHARACTER SET latin1;',
      "CREATE USER IF NOT EXISTS 'apimadmin'@'%';",
      "ALTER USER 'apimadmin'@'%' IDENTIFIED BY 'apimadmin';",
      "CREATE USER IF NOT EXISTS 'sharedadmin'@'%';",
      "ALTER USER 'sharedadmin'@'%' IDENTIFIED BY 'sharedadmin';",
      "GRANT ALL PRIVILEGES ON `apim_db`.* TO 'apimadmin'@'%';",
      "GRANT ALL PRIVILEGES ON `shared_db`.* TO 'sharedadmin'@'%';",
    ]);
  });

  it('makes a user of both schemas once, root included', () => {
    const root = { username: 'root', password: 'root' };
    const lines = linesFor({ apim: root, shared: root });
    expect(lines.filter((line) => line.includes('USER'))).toEqual([
      "CREATE USER IF NOT EXISTS 'root'@'%';",
      "ALTER USER 'root'@'%' IDENTIFIED BY 'root';",
    ]);
    expect(lines.filter((line) => line.startsWith('GRANT'))).toHaveLength(2);
  });

  it('keeps quotes and backslashes of a password inside its text', () => {
    const lines = linesFor({ apim: { password: "it's \\ back`" } });
    expect(lines[3]).toBe("ALTER USER 'apimadmin'@'%' IDENTIFIED BY 'it''s \\\\ back`';");
  });

  it('holds nothing but statements, one per line, as init_file wants them', () => {
    for (const line of linesFor({})) expect(line).toMatch(/^[A-Z].*;$/);
  });
});
