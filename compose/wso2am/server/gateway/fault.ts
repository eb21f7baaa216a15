import type { IncomingHttpHeaders } from 'node:http';
import { escapeXml, soapFault } from '../carbon/soap/envelope.ts';
import type { Answer } from '../carbon/web.ts';

/** A fault that is no matter of security (wire.md 3.5). */
export type Fault = {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly description: string;
};

export const FAULTS = {
  noSuchApi: {
    status: 404,
    code: 404,
    message: 'Not Found',
    description: 'The requested resource is not available.',
  },
  wrongMethod: {
    status: 405,
    code: 405,
    message: 'Runtime Error',
    description: 'Method not allowed for given API resource',
  },
} as const satisfies Record<string, Fault>;

export type FaultFormat = 'xml' | 'json' | 'soap 1.1' | 'soap 1.2';

/** Formats by the media type of the request that have a form of their own. */
const FORMATS: Readonly<Record<string, FaultFormat>> = {
  'application/json': 'json',
  'text/xml': 'soap 1.1',
  'application/soap+xml': 'soap 1.2',
};

const WITH_BODY: readonly string[] = ['POST', 'PUT', 'PATCH'];

/** Format of a fault that is no matter of security (wire.md 3.5): XML for methods without a body, else that of the request. */
export const faultFormat = (method: string, headers: IncomingHttpHeaders): FaultFormat => {
  if (!WITH_BODY.includes(method)) return 'xml';
  return FORMATS[headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''] ?? 'xml';
};

export const faultAnswer = ({ status, code, message, description }: Fault, format: FaultFormat): Answer => {
  const type = 'Status report';
  if (format === 'json') {
    const body = JSON.stringify({ fault: { code, type, message, description } });
    return { status, headers: { 'Content-Type': 'application/json; charset=UTF-8' }, body };
  }
  // As `makefault` of the product's fault sequence: the reason is all that is said.
  if (format !== 'xml') return soapFault(format === 'soap 1.1' ? '1.1' : '1.2', description, status);
  const element = (name: string, text: string | number): string =>
    `<am:${name}>${escapeXml(String(text))}</am:${name}>`;
  const content = [
    element('code', code),
    element('type', type),
    element('message', message),
    element('description', description),
  ].join('');
  return {
    status,
    headers: { 'Content-Type': 'application/xml; charset=UTF-8' },
    body: `<am:fault xmlns:am="http://wso2.org/apimanager">${content}</am:fault>`,
  };
};
