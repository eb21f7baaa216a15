import { z } from 'zod';
import type { Statements } from '../database/database.ts';
import type { Instruction, RuntimeArtifact } from './runtime-artifact.ts';

const artifactRow = z.object({ ARTIFACT: z.instanceof(Buffer).transform((bytes) => bytes.toString('utf8')) });
const attributesRow = z.object({ API_ID: z.string(), GATEWAY_LABEL: z.string().nullable() });

/** Saves an artifact for the gateways with a label, in place of what was saved for them before (wire.md 6.3). */
export const saveArtifact = async (
  statements: Statements,
  artifact: RuntimeArtifact,
  label: string,
  instruction: Instruction,
): Promise<void> => {
  const { apiId, name, version, provider, tenantDomain } = artifact;
  await statements.execute(
    `INSERT INTO AM_GW_PUBLISHED_API_DETAILS (API_ID, TENANT_DOMAIN, API_PROVIDER, API_NAME, API_VERSION)
     VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE API_ID = VALUES(API_ID)`,
    [apiId, tenantDomain, provider, name, version],
  );
  await statements.execute(
    `INSERT INTO AM_GW_API_ARTIFACTS (API_ID, ARTIFACT, GATEWAY_INSTRUCTION, GATEWAY_LABEL) VALUES (?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE ARTIFACT = VALUES(ARTIFACT), GATEWAY_INSTRUCTION = VALUES(GATEWAY_INSTRUCTION)`,
    [apiId, Buffer.from(JSON.stringify(artifact), 'utf8'), instruction, label],
  );
};

/** The text of an artifact; undefined when there is none, or when another instruction is the last one. */
export const findArtifact = async (
  statements: Statements,
  apiId: string,
  label: string,
  instruction: string,
): Promise<string | undefined> => {
  const whatever = instruction.toUpperCase() === ANY_INSTRUCTION ? null : instruction;
  const [found] = await statements.query(
    `SELECT ARTIFACT FROM AM_GW_API_ARTIFACTS
     WHERE API_ID = ? AND GATEWAY_LABEL = ? AND (? IS NULL OR GATEWAY_INSTRUCTION = ?)`,
    [apiId, label, whatever, whatever],
  );
  return found && artifactRow.parse(found).ARTIFACT;
};

/** Asks for an artifact whatever its instruction is. */
const ANY_INSTRUCTION = 'ANY';

/** The texts of all artifacts that the gateways with a label shall serve. */
export const publishedArtifacts = async (statements: Statements, label: string): Promise<readonly string[]> => {
  const rows = await statements.query(
    "SELECT ARTIFACT FROM AM_GW_API_ARTIFACTS WHERE GATEWAY_LABEL = ? AND GATEWAY_INSTRUCTION = 'Publish' ORDER BY API_ID",
    [label],
  );
  return rows.map((row) => artifactRow.parse(row).ARTIFACT);
};

/** Id and a label of an API that was ever saved; of several labels the product, too, tells one. */
export const artifactAttributes = async (
  statements: Statements,
  { name, version, tenantDomain }: Pick<RuntimeArtifact, 'name' | 'version' | 'tenantDomain'>,
): Promise<{ readonly apiId: string | null; readonly label: string | null }> => {
  const rows = await statements.query(
    `SELECT d.API_ID, a.GATEWAY_LABEL FROM AM_GW_PUBLISHED_API_DETAILS d
     LEFT JOIN AM_GW_API_ARTIFACTS a ON a.API_ID = d.API_ID
     WHERE d.API_NAME = ? AND d.API_VERSION = ? AND d.TENANT_DOMAIN = ? ORDER BY a.TIME_STAMP, a.GATEWAY_LABEL`,
    [name, version, tenantDomain],
  );
  const last = rows.at(-1);
  if (!last) return { apiId: null, label: null };
  const { API_ID, GATEWAY_LABEL } = attributesRow.parse(last);
  return { apiId: API_ID, label: GATEWAY_LABEL };
};
