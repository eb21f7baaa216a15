import type { IncomingHttpHeaders } from 'node:http';
import { escapeXml } from '../carbon/soap/envelope.ts';
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

export type FaultFormat = 'xml' | 'json';

/**
 * Format of a fault outside a published API (wire.md 3.5): XML for methods without a body, else that of the request. JSON is
 * the only other format that has a form of its own.
 */
export const faultFormat = (method: string, headers: IncomingHttpHeaders): FaultFormat => {
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(method);
  return hasBody && headers['content-type']?.split(';', 1)[0]?.trim() === 'application/json' ? 'json' : 'xml';
};

export const faultAnswer = ({ status, code, message, description }: Fault, format: FaultFormat): Answer => {
  const type = 'Status report';
  if (format === 'json') {
    const body = JSON.stringify({ fault: { code, type, message, description } });
    return { status, headers: { 'Content-Type': 'application/json; charset=UTF-8' }, body };
  }
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
