import { z } from 'zod';
import { latin1 } from '../policies/policy-fields.ts';

const url = latin1(255).refine((text) => URL.canParse(text), 'should be a URL');

/** The body of a new or changed label. */
export const labelFields = z
  .object({
    name: latin1(255).trim().min(1),
    description: latin1(1024).nullish(),
    accessUrls: z.array(url).nullish(),
  })
  .transform(({ name, description, accessUrls }) => ({
    name,
    description: description ?? '',
    accessUrls: [...new Set(accessUrls ?? [])],
  }));
