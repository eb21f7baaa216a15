import { isIP } from 'node:net';
import { z } from 'zod';
import type { Condition } from '../../../throttling/plans/policy.ts';
import type { LimitForm } from '../limit.ts';
import { latin1 } from '../policy-fields.ts';

/** What a kind of conditions is called in the nested form: its type, and the property that has its fields. */
const NAMES = {
  ip: { type: 'IPCONDITION', property: 'ipCondition' },
  header: { type: 'HEADERCONDITION', property: 'headerCondition' },
  query: { type: 'QUERYPARAMETERCONDITION', property: 'queryParameterCondition' },
  jwtClaim: { type: 'JWTCLAIMSCONDITION', property: 'jwtClaimsCondition' },
} as const;

/** The flat form's words for types, by those of the nested one, which are in capitals. */
const FLAT_WORDS: Readonly<Record<string, string>> = {
  IPCONDITION: 'IPCondition',
  HEADERCONDITION: 'HeaderCondition',
  QUERYPARAMETERCONDITION: 'QueryParameterCondition',
  JWTCLAIMSCONDITION: 'JWTClaimsCondition',
  IPSPECIFIC: 'IPSpecific',
  IPRANGE: 'IPRange',
};

const word = (form: LimitForm, nested: string): string => (form === 'flat' ? (FLAT_WORDS[nested] ?? nested) : nested);

const name = latin1(255).min(1);
const address = z.string().refine((text) => isIP(text) !== 0, 'should be an IP address');
const invertCondition = z
  .boolean()
  .nullish()
  .transform((invert) => invert ?? false);

/** The fields of a condition, by its kind (carbon-apimgt 6.5.349-6.7.206, admin-api.yaml). */
const fieldsOf = (form: LimitForm) => ({
  ip: z.discriminatedUnion('ipConditionType', [
    z
      .object({ ipConditionType: z.literal(word(form, 'IPSPECIFIC')), specificIP: address })
      .transform(({ specificIP }) => ({ type: 'ip' as const, address: specificIP })),
    z
      .object({ ipConditionType: z.literal(word(form, 'IPRANGE')), startingIP: address, endingIP: address })
      .transform(({ startingIP, endingIP }) => ({ type: 'ipRange' as const, from: startingIP, to: endingIP })),
  ]),
  header: z
    .object({ headerName: name, headerValue: name })
    .transform(({ headerName, headerValue }) => ({ type: 'header' as const, values: { [headerName]: headerValue } })),
  query: z
    .object({ parameterName: name, parameterValue: name })
    .transform((query) => ({ type: 'query' as const, values: { [query.parameterName]: query.parameterValue } })),
  jwtClaim: z
    .object({ claimUrl: latin1(512).min(1), attribute: latin1(1024).min(1) })
    .transform(({ claimUrl, attribute }) => ({ type: 'jwtClaim' as const, values: { [claimUrl]: attribute } })),
});

/** A condition in the body of a call; the flat form has the fields beside the type, the nested one in a property. */
export const conditionBody = (form: LimitForm) => {
  const fields = fieldsOf(form);
  const kind = <K extends keyof typeof NAMES>(of: K) => {
    const { type, property } = NAMES[of];
    const common = z.looseObject({ type: z.literal(word(form, type)), invertCondition });
    return common.transform((body, context): Condition => {
      const result = fields[of].safeParse(form === 'flat' ? body : body[property]);
      if (result.success) return { ...result.data, invert: body.invertCondition };
      const at = form === 'flat' ? [] : [property];
      for (const { path, message } of result.error.issues)
        context.addIssue({ code: 'custom', path: [...at, ...path], message });
      return z.NEVER;
    });
  };
  return z.discriminatedUnion('type', [kind('ip'), kind('header'), kind('query'), kind('jwtClaim')]);
};

/** A condition as the REST API writes it; the nested form names the kinds that it is not, too. */
export const conditionOut = (form: LimitForm, condition: Condition): object => {
  const kind = condition.type === 'ipRange' ? 'ip' : condition.type;
  const common = { type: word(form, NAMES[kind].type), invertCondition: condition.invert };
  const fields = fieldsOut(form, condition);
  if (form === 'flat') return { ...common, ...fields };
  const none = Object.fromEntries(Object.values(NAMES).map(({ property }) => [property, null]));
  return { ...common, ...none, [NAMES[kind].property]: fields };
};

const fieldsOut = (form: LimitForm, condition: Condition): object => {
  switch (condition.type) {
    case 'ip': {
      const { address: specificIP } = condition;
      return { ipConditionType: word(form, 'IPSPECIFIC'), specificIP, startingIP: null, endingIP: null };
    }
    case 'ipRange': {
      const { from: startingIP, to: endingIP } = condition;
      return { ipConditionType: word(form, 'IPRANGE'), specificIP: null, startingIP, endingIP };
    }
    default: {
      const [first = '', value = ''] = Object.entries(condition.values)[0] ?? [];
      if (condition.type === 'header') return { headerName: first, headerValue: value };
      if (condition.type === 'query') return { parameterName: first, parameterValue: value };
      return { claimUrl: first, attribute: value };
    }
  }
};
