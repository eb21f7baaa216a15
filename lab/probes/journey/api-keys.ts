import { z } from 'zod';
import { expectStatus } from '../answers.ts';
import type { ProductSession } from './open-session.ts';

const apiKeySchema = z.object({ apikey: z.string() });

const pathOf = (applicationId: string): string => `/applications/${applicationId}/api-keys/PRODUCTION`;

/** An API key of an application, which opens what the application is subscribed to by now. @throws Mismatch, NoAnswer */
export const apiKey = async ({ portal }: ProductSession, applicationId: string): Promise<string> =>
  (await portal.ask(apiKeySchema, 200, 'POST', `${pathOf(applicationId)}/generate`, {})).apikey;

/** Takes an API key back; 3.0.0 cannot (its store-api.yaml). @throws Mismatch, NoAnswer */
export const revokeApiKey = async ({ portal }: ProductSession, applicationId: string, key: string): Promise<void> =>
  expectStatus(await portal.send('POST', `${pathOf(applicationId)}/revoke`, { apikey: key }), 200);
