import { z } from 'zod';
import type { Version } from '../../../../../lab/product/versions.ts';

const name = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[\x21-\x7e]+$/);
const description = z
  .string()
  .max(512)
  .regex(/^[\x20-\x7e\xa0-\xff]*$/)
  .nullish()
  .transform((text) => text ?? '');
const role = z
  .string()
  .max(255)
  .regex(/^[\x20-\x7e\xa0-\xff]+$/);

/** Until 3.1.0: `{name, description, bindings: {type, values}}`. */
const plain = z
  .object({
    name,
    description,
    bindings: z
      .object({ type: z.string().nullish(), values: z.array(role).nullish() })
      .nullish()
      .transform((bindings) => bindings?.values ?? []),
  })
  .transform((scope): ApiScope => ({ ...scope, displayName: scope.name, roles: scope.bindings }));

/** 3.2.0: `{scope: {name, displayName, description, bindings: [role]}, shared}`. */
const wrapped = z
  .object({
    scope: z.object({
      name,
      displayName: z.string().max(255).nullish(),
      description,
      bindings: z
        .array(role)
        .nullish()
        .transform((roles) => roles ?? []),
    }),
    shared: z.boolean().nullish(),
  })
  .transform(({ scope }): ApiScope => {
    return {
      name: scope.name,
      displayName: scope.displayName ?? scope.name,
      description: scope.description,
      roles: scope.bindings,
    };
  });

/** A scope that operations of an API ask for, with the roles it is bound to; none binds it to nobody in particular. */
export type ApiScope = {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly roles: readonly string[];
};

/** A scope as the registry keeps it. */
export const storedScope: z.ZodType<ApiScope> = z.object({
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  roles: z.array(z.string()),
});

/** Scopes in the form of a version's REST API. */
export const scopeSchema = (version: Version): z.ZodType<ApiScope> => (version === '3.2.0' ? wrapped : plain);

/** A scope as a version's REST API writes it. */
export const scopeBody = (version: Version, { name, displayName, description, roles }: ApiScope): object =>
  version === '3.2.0'
    ? { scope: { id: null, name, displayName, description, bindings: roles, usageCount: null }, shared: false }
    : { name, description, bindings: { type: 'role', values: roles } };
