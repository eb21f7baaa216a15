import { isDuplicate } from '../../database/database-error.ts';
import { applicationChange } from '../../devportal/model/application-change.ts';
import { UUID } from '../../devportal/rules/require-application.ts';
import { findApplication, findOrAddSubscriber } from '../../devportal/stores/applications.ts';
import { writeOwner } from '../../devportal/stores/write-owner.ts';
import { RestError } from '../../rest-api/rest-error.ts';
import type { AdminContext } from '../context.ts';

/**
 * Gives an application, with its keys and subscriptions, to another user.
 * @throws RestError 404 for an application that is none, 400 for a user who is none, 409 where that user has one of its name
 */
export const changeOwner = async ({ apim, users, events }: AdminContext, id: string, owner: string): Promise<void> => {
  const application = UUID.test(id) ? await findApplication(apim, id) : undefined;
  if (!application) throw new RestError('notFound', `Requested Application with Id '${id}' not found`);
  const user = owner === '' ? undefined : await users.find(owner);
  if (!user) throw new RestError('badRequest', `User '${owner}' does not exist`);
  const subscriberId = await findOrAddSubscriber(apim, user.name);
  await apim
    .transaction((statements) => writeOwner(statements, application.rowId, { owner: user.name, subscriberId }))
    .catch((cause: unknown) => {
      if (!isDuplicate(cause)) throw cause;
      throw new RestError('conflict', `User '${owner}' already has an application named ${application.name}`);
    });
  await events.applicationChanged.fire(applicationChange('updated', { ...application, owner: user.name }));
};
