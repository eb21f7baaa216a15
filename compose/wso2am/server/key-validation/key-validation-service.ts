import { type SoapRequest, soapAnswer, soapFault } from '../carbon/soap/envelope.ts';
import type { SoapService } from '../carbon/soap/soap-service.ts';
import { ADMIN_ROLE } from '../carbon/users/roles.ts';
import { KEY_VALIDATION_INTERFACE } from './key-validation-interface.ts';
import { plainVersion } from './plain-version.ts';
import { findUriTemplates } from './resource-rows.ts';
import { uriTemplatesResponse, validateKeyResponse } from './soap-messages.ts';
import { type KeyCaching, throughKeyCache } from './through-key-cache.ts';
import { type KeyValidation, validateKey } from './validate-key.ts';

/** `APIKeyValidationService` of the Key Manager (wire.md 2.1), which gateways ask at every cache miss. */
export const keyValidationService = (
  validation: KeyValidation & Pick<KeyCaching, 'cache'>,
  onNotSimulated: (what: string) => void,
): SoapService => ({
  name: 'APIKeyValidationService',
  open: false,
  interface: KEY_VALIDATION_INTERFACE,
  handle: async (request, _call, caller) => {
    // `/permission/admin/manage`: of the shipped roles only admin has it.
    if (!caller?.user.roles.includes(ADMIN_ROLE))
      return soapFault(request.version, 'Access Denied. Authorization failed');
    const argument = (name: string): string => request.argument(name) ?? '';
    switch (request.operation) {
      case 'validateKey': {
        const question = questionOf(argument);
        const info = await throughKeyCache(validation, question, () => validateKey(validation, question));
        return soapAnswer(request.version, validateKeyResponse(info));
      }
      case 'getAllURITemplates': {
        const version = plainVersion(argument('version'));
        const templates = await findUriTemplates(validation.database, argument('context'), version);
        return soapAnswer(request.version, uriTemplatesResponse(request.operation, templates));
      }
      case 'validateKeyforHandshake': {
        const info = await validateKey(validation, handshakeQuestion(argument));
        return soapAnswer(request.version, validateKeyResponse(info, request.operation));
      }
      case 'getAPIProductURITemplates':
        return notSimulated(request, onNotSimulated);
      default:
        return undefined;
    }
  },
});

const questionOf = (argument: (name: string) => string) => ({
  context: argument('context'),
  version: argument('version'),
  accessToken: argument('accessToken'),
  requiredAuthenticationLevel: argument('requiredAuthenticationLevel'),
  matchingResource: argument('matchingResource'),
  httpVerb: argument('httpVerb'),
});

/** A connection of a WebSocket API has no resource, and so no scopes. */
const handshakeQuestion = (argument: (name: string) => string) => ({
  context: argument('context'),
  version: argument('version'),
  accessToken: argument('accessToken'),
  requiredAuthenticationLevel: 'Any',
  matchingResource: '',
  httpVerb: '',
});

const notSimulated = (request: SoapRequest, onNotSimulated: (what: string) => void) => {
  const what = `APIKeyValidationService.${request.operation}`;
  onNotSimulated(what);
  return soapFault(request.version, `The simulator does not simulate ${what}`, 501);
};
