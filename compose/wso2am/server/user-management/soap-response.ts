import { escapeXml } from '../carbon/soap/envelope.ts';

const NAMESPACE = 'http://service.ws.um.carbon.wso2.org';
const NIL = '<ns:return xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>';

/** The answer of an operation of the user store service; a list is repeated, an empty one is nil. */
export const response = (operation: string, result: boolean | readonly string[]): string => {
  const returns = (typeof result === 'boolean' ? [String(result)] : result).map(
    (each) => `<ns:return>${escapeXml(each)}</ns:return>`,
  );
  const content = returns.length === 0 ? NIL : returns.join('');
  return `<ns:${operation}Response xmlns:ns="${NAMESPACE}">${content}</ns:${operation}Response>`;
};
