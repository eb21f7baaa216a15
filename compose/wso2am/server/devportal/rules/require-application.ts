import type { User } from '../../carbon/user-store.ts';
import type { Statements } from '../../database/database.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { Application } from '../model/application.ts';
import { findApplication } from '../stores/applications.ts';

/** Form of every id; whatever else stands in a path is nobody's, and other characters fail in a latin1 column. */
export const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The user's own application. @throws RestError 404, or 403 for another user's */
export const requireApplication = async (statements: Statements, id: string, user: User): Promise<Application> => {
  const application = UUID.test(id) ? await findApplication(statements, id) : undefined;
  if (!application) throw new RestError('notFound', `Requested Application with Id '${id}' not found`);
  if (application.owner !== user.name) {
    throw new RestError('forbidden', `User is not authorized to access the Application with Id '${id}'`);
  }
  return application;
};
