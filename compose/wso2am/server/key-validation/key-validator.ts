import type { Agent } from 'node:https';
import { z } from 'zod';
import { ACTIVITY_ID } from '../carbon/activity-id.ts';
import type { CarbonContext } from '../carbon/context.ts';
import { childOf, parseXml, type XmlValue } from '../carbon/soap/parse-xml.ts';
import { replaceProperties } from '../config/replace-properties.ts';
import { KeyManagerError } from './key-manager-error.ts';
import { postSoap } from './post-soap.ts';
import { type KeyQuestion, uriTemplatesCall, validateKeyCall } from './soap-messages.ts';
import { type UriTemplateInfo, uriTemplateSchema } from './uri-template-info.ts';
import { type ValidationInfo, validationInfoSchema } from './validation-info.ts';

/** How a gateway asks its Key Manager. Every method rejects with `KeyManagerError` only; nothing is tried twice. */
export type KeyValidator = {
  validateKey(question: KeyQuestion, activityId: string): Promise<ValidationInfo>;
  uriTemplates(context: string, version: string, activityId: string): Promise<readonly UriTemplateInfo[]>;
};

export type KeyManagerAddress = {
  /** Of the admin services; ends in a slash. */
  readonly serviceUrl: string;
  readonly username: string;
  readonly password: string;
  readonly agent: Agent;
  /** Milliseconds. */
  readonly timeout: number;
};

/** Socket time-out of an Axis2 stub that sets none, milliseconds. */
const AXIS2_TIMEOUT = 30_000;

/** The Key Manager of `[apim.key_manager]` (configuration.md 5.4). */
export const keyManagerAddress = (
  { configuration, properties }: Pick<CarbonContext, 'configuration' | 'properties'>,
  agent: Agent,
): KeyManagerAddress => {
  const text = (key: string): string => replaceProperties(configuration.text(`apim.key_manager.${key}`), properties);
  return {
    serviceUrl: text('service_url'),
    username: text('username'),
    password: text('password'),
    agent,
    timeout: AXIS2_TIMEOUT,
  };
};

/**
 * The client of `APIKeyValidationService`. As the product's, each call carries Basic and the cookie of the last answer, so that
 * any Key Manager behind a load balancer can serve it (wire.md 2.1).
 */
export const soapKeyValidator = (address: KeyManagerAddress): KeyValidator => {
  const basic = Buffer.from(`${address.username}:${address.password}`).toString('base64');
  let cookie: string | undefined;

  const call = async (operation: string, content: string, activityId: string): Promise<XmlValue> => {
    const url = `${address.serviceUrl}APIKeyValidationService`;
    if (!URL.canParse(url)) throw new KeyManagerError(`${url} is no URL`);
    const { text, cookies } = await postSoap({
      url: new URL(url),
      headers: {
        'Content-Type': 'text/xml; charset=UTF-8',
        SOAPAction: `"urn:${operation}"`,
        Authorization: `Basic ${basic}`,
        [ACTIVITY_ID]: activityId,
        ...(cookie === undefined ? {} : { Cookie: cookie }),
      },
      body: envelope(content),
      agent: address.agent,
      timeout: address.timeout,
    });
    const session = cookies.find((each) => each.startsWith('JSESSIONID='))?.split(';', 1)[0];
    cookie = session ?? cookie;
    return responseIn(text, `${operation}Response`);
  };

  return {
    validateKey: async (question, activityId) => {
      const response = await call('validateKey', validateKeyCall(question), activityId);
      const info = childOf(response, 'return');
      if (info === undefined || info === '')
        throw new KeyManagerError('API key validation service returns null object');
      return parsed(validationInfoSchema, info);
    },
    uriTemplates: async (context, version, activityId) => {
      const response = await call('getAllURITemplates', uriTemplatesCall(context, version), activityId);
      return parsed(uriTemplateList, returnsOf(response));
    },
  };
};

const uriTemplateList = z.array(uriTemplateSchema);

const envelope = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${content}</soapenv:Body></soapenv:Envelope>`;

const responseIn = (text: string, name: string): XmlValue => {
  try {
    const response = childOf(childOf(childOf(parseXml(text), 'Envelope'), 'Body'), name);
    if (response !== undefined) return response;
  } catch (cause) {
    throw new KeyManagerError('its answer is no XML', { cause });
  }
  throw new KeyManagerError(`its answer is no ${name}`);
};

/** The `return` elements, repeated or not; a nil one counts as none. */
const returnsOf = (response: XmlValue): readonly XmlValue[] => {
  const value: unknown = typeof response === 'string' || !('return' in response) ? [] : response.return;
  const list = z.array(z.custom<XmlValue>()).safeParse(value);
  if (list.success) return list.data;
  const single = childOf(response, 'return');
  return single === undefined || single === '' ? [] : [single];
};

const parsed = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new KeyManagerError(`its answer does not fit the schema: ${z.prettifyError(result.error)}`);
};
