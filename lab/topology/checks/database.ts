import type { Check } from '../draft.ts';
import type { Finding } from '../finding.ts';

/** Schemas that MySQL keeps for itself. */
const SYSTEM_SCHEMAS: readonly string[] = ['mysql', 'sys', 'information_schema', 'performance_schema'];

/** Two schemas in one, schemas of MySQL itself, and one user with two passwords. */
export const checkDatabase: Check = ({ topology }) => {
  const { apim, shared } = topology.database;
  const findings: Finding[] = [];
  for (const [key, { name }] of Object.entries({ apim, shared })) {
    if (!SYSTEM_SCHEMAS.includes(name.toLowerCase())) continue;
    findings.push(finding([key, 'name'], `MySQL keeps the schema "${name}" for itself`, 'take another name'));
  }
  // Schema names differ by case on some hosts and not on others.
  if (apim.name.toLowerCase() === shared.name.toLowerCase()) {
    findings.push(finding(['shared', 'name'], `both schemas are called "${shared.name}"`, 'give each its own name'));
  }
  if (apim.username === shared.username && apim.password !== shared.password) {
    findings.push(
      finding(
        ['shared', 'password'],
        `the database user "${shared.username}" has two passwords`,
        'write the same for both',
      ),
    );
  }
  return findings;
};

const finding = (keys: readonly string[], sentence: string, hint: string): Finding => ({
  code: 'TOPOLOGY_INVALID',
  path: ['database', ...keys],
  sentence,
  hint,
});
