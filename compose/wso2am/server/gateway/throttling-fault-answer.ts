import { escapeXml, soapFault } from '../carbon/soap/envelope.ts';
import type { Answer } from '../carbon/web.ts';
import { type RequestHeaders, requestedFormat } from '../mediation/requested-format.ts';
import {
  nextAccessTime,
  retryAfter,
  THROTTLING_FAULTS,
  type ThrottlingReason,
} from '../throttling/gateway/throttling-faults.ts';

/**
 * What a caller gets who is over a quota or blocked (wire.md 3.3). Without a type in `Accept` the fault keeps that of the
 * request: `_throttle_out_handler_` sets none (wire.md 3.4); SOAP is answered in SOAP.
 * @param until when the quota is new, epoch milliseconds
 */
export const throttlingFaultAnswer = (
  reason: ThrottlingReason,
  until: number | undefined,
  headers: RequestHeaders,
): Answer => {
  const { status, code, message, description } = THROTTLING_FAULTS[reason];
  const fault = { code, message, description, ...(until !== undefined && { nextAccessTime: nextAccessTime(until) }) };
  const retry = until !== undefined && { 'Retry-After': retryAfter(until) };
  const format = requestedFormat(headers);
  if (format.kind === 'soap') {
    const soap = soapFault(format.contentType === 'text/xml' ? '1.1' : '1.2', message, status);
    return { ...soap, headers: { ...soap.headers, ...retry } };
  }
  const asJson = format.kind === 'json' || sentJson(headers);
  if (asJson) return answer(status, 'application/json', JSON.stringify({ fault }), retry);
  const elements = Object.entries(fault).map(
    ([name, value]) => `<amt:${name}>${escapeXml(String(value))}</amt:${name}>`,
  );
  const body = `<amt:fault xmlns:amt="http://wso2.org/apimanager/throttling">${elements.join('')}</amt:fault>`;
  return answer(status, 'application/xml', body, retry);
};

const answer = (status: number, type: string, body: string, retry: false | { 'Retry-After': string }): Answer => ({
  status,
  headers: { 'Content-Type': `${type}; charset=UTF-8`, ...retry },
  body,
});

const sentJson = (headers: RequestHeaders): boolean =>
  headers['content-type']?.split(';', 1)[0]?.trim() === 'application/json';
