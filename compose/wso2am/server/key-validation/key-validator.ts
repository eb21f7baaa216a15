import type { Agent } from 'node:https';
import { z } from 'zod';
import type { CarbonContext } from '../carbon/context.ts';
import { childOf } from '../carbon/soap/parse-xml.ts';
import { replaceProperties } from '../config/replace-properties.ts';
import { KeyManagerError } from './key-manager-error.ts';
import { keyManagerStub, returnsOf } from './key-manager-stub.ts';
import {
  type HandshakeQuestion,
  handshakeCall,
  type KeyQuestion,
  uriTemplatesCall,
  validateKeyCall,
} from './soap-messages.ts';
import { type UriTemplateInfo, uriTemplateSchema } from './uri-template-info.ts';
import { type ValidationInfo, validationInfoSchema } from './validation-info.ts';

/** How a gateway asks its Key Manager. Every method rejects with `KeyManagerError` only; nothing is tried twice. */
export type KeyValidator = {
  validateKey(question: KeyQuestion, activityId: string): Promise<ValidationInfo>;
  /** Whether a token opens a WebSocket API. */
  validateHandshake(question: HandshakeQuestion, activityId: string): Promise<ValidationInfo>;
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

/** The client of `APIKeyValidationService`. */
export const soapKeyValidator = (address: KeyManagerAddress): KeyValidator => {
  const call = keyManagerStub(address, 'APIKeyValidationService');
  const validate = async (operation: string, content: string, activityId: string): Promise<ValidationInfo> => {
    const info = childOf(await call(operation, content, activityId), 'return');
    if (info === undefined || info === '') throw new KeyManagerError('API key validation service returns null object');
    return parsed(validationInfoSchema, info);
  };
  return {
    validateKey: (question, activityId) => validate('validateKey', validateKeyCall(question), activityId),
    validateHandshake: (question, activityId) =>
      validate('validateKeyforHandshake', handshakeCall(question), activityId),
    uriTemplates: async (context, version, activityId) => {
      const response = await call('getAllURITemplates', uriTemplatesCall(context, version), activityId);
      return parsed(uriTemplateList, returnsOf(response));
    },
  };
};

const uriTemplateList = z.array(uriTemplateSchema);

const parsed = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new KeyManagerError(`its answer does not fit the schema: ${z.prettifyError(result.error)}`);
};
