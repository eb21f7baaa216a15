import type { Statements } from '../../database/database.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import { type Api, contextTemplate } from '../model/api.ts';
import { findTaken } from '../stores/api-rows.ts';

/**
 * Refuses a new API whose context or name and version are taken (wire.md 7.2). Within a transaction: what is found stays as
 * it is until the API is written.
 * @throws RestError 409
 */
export const checkTaken = async (
  statements: Statements,
  { name, version, context }: Pick<Api, 'name' | 'version' | 'context'>,
): Promise<void> => {
  const prefix = 'Error occurred while adding the API. A duplicate API';
  const others = await findTaken(statements, { name, context });
  if (others.some((other) => other.name === name && other.version === version)) {
    throw new RestError('alreadyExists', `${prefix} already exists for ${name}-${version}`);
  }
  // Versions of one API share their context.
  if (others.some((other) => other.name !== name && other.template === contextTemplate(context))) {
    throw new RestError('alreadyExists', `${prefix} context already exists for ${context}`);
  }
  if (others.some((other) => other.name === name && other.template !== contextTemplate(context))) {
    const reason = `Error occurred while adding API. API with name ${name} already exists with different context`;
    throw new RestError('alreadyExists', reason);
  }
};
