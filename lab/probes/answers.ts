import type { z } from 'zod';
import { expectThat, Mismatch } from './hops.ts';
import type { HttpAnswer } from './http-client.ts';

/** Fails the hop unless the answer has this status. */
export const expectStatus = (answer: HttpAnswer, status: number): void =>
  expectThat(answer.status === status, `status ${status}`, seen(answer));

/** The documented body of an answer. @throws Mismatch with what came instead */
export const parseAnswer = <T>(schema: z.ZodType<T>, answer: HttpAnswer): T => {
  try {
    return schema.parse(JSON.parse(answer.body));
  } catch {
    throw new Mismatch(`not the documented body: ${seen(answer)}`);
  }
};

/** An answer in a few words, without line breaks. */
const seen = ({ status, body }: HttpAnswer): string => `${status} ${body.slice(0, 200).replace(/\s+/g, ' ')}`.trim();
