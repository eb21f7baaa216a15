import { escapeXml } from '../../../compose/wso2am/server/carbon/soap/envelope.ts';

export type HostileEnvelope = { readonly title: string; readonly body: string | Buffer };

/** One operation of an admin service, with arguments that it would take. */
export type Operation = {
  readonly service: string;
  readonly name: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, string>>;
};

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';

/** An envelope around the content of a body. */
export const envelopeOf = (content: string, prolog = ''): string =>
  `${prolog}<s:Envelope xmlns:s="${SOAP}"><s:Body>${content}</s:Body></s:Envelope>`;

/** The element of an operation. @param parts its arguments as XML */
export const elementOf = ({ name, namespace }: Pick<Operation, 'name' | 'namespace'>, parts: string): string =>
  `<o:${name} xmlns:o="${namespace}">${parts}</o:${name}>`;

export const argumentsOf = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `<o:${name}>${value}</o:${name}>`)
    .join('');

/** Each entity ten times the one before: a thousand million texts from ten lines. */
const LAUGHS = `<!DOCTYPE s [<!ENTITY a0 "ha">${Array.from(
  { length: 9 },
  (_, index) => `<!ENTITY a${index + 1} "${`&a${index};`.repeat(10)}">`,
).join('')}]>`;

/** What XML can do to its reader: bombs, files and servers of the reader's, and what is no XML at all. */
const texts = (operation: Operation): Readonly<Record<string, string | Buffer>> => {
  const valid = envelopeOf(elementOf(operation, argumentsOf(operation.values)));
  const [first = 'x'] = Object.keys(operation.values);
  const withFirst = (value: string, prolog = ''): string =>
    envelopeOf(elementOf(operation, argumentsOf({ ...operation.values, [first]: value })), prolog);
  return {
    'nothing at all': '',
    JSON: '{"a":1}',
    'a text that is no XML': 'hello',
    'half an envelope': valid.slice(0, valid.length / 2),
    'an element that is not closed': valid.replace('</s:Body>', ''),
    'two envelopes': valid + valid,
    'no envelope': '<a/>',
    'an envelope without a body': `<s:Envelope xmlns:s="${SOAP}"/>`,
    'an empty body': envelopeOf(''),
    'two operations': envelopeOf(elementOf(operation, '').repeat(2)),
    'an entity of entities': withFirst('&a9;', LAUGHS),
    'one long entity, many times': withFirst(
      '&a;'.repeat(10_000),
      `<!DOCTYPE s [<!ENTITY a "${'a'.repeat(10_000)}">]>`,
    ),
    'a file of the server': withFirst('&f;', '<!DOCTYPE s [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
    'a page of another server': withFirst('&f;', '<!DOCTYPE s [<!ENTITY f SYSTEM "http://127.0.0.1:1/">]>'),
    'a parameter entity': withFirst('x', '<!DOCTYPE s [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]>'),
    'a document type in lower case': withFirst('x', '<!doctype s>'),
    'an XInclude': withFirst(
      '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file:///etc/passwd" parse="text"/>',
    ),
    'a processing instruction': withFirst('<?php system("id") ?>'),
    'an entity nobody declared': withFirst('&nobody;'),
    'a character that XML has not': withFirst('&#0;&#x1F;'),
    'UTF-16': Buffer.from(`\ufeff${valid}`, 'utf16le'),
    'bytes that are no UTF-8': Buffer.concat([
      Buffer.from(valid.slice(0, -30)),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(valid.slice(-30)),
    ]),
    'fifty thousand levels': withFirst('<a>'.repeat(50_000) + '</a>'.repeat(50_000)),
    'fifty thousand elements of one name': withFirst('<a/>'.repeat(50_000)),
    'ten thousand attributes': withFirst(
      `<a ${Array.from({ length: 10_000 }, (_, index) => `a${index}="x"`).join(' ')}/>`,
    ),
    'a name of a megabyte': withFirst(`<${'a'.repeat(1_000_000)}/>`),
    'a namespace nobody knows': valid.replace(operation.namespace, 'urn:nobody'),
    'a prefix nobody declared': valid.replaceAll('xmlns:o', 'xmlns:p'),
    ...Object.fromEntries(
      ['__proto__', 'constructor', 'hasOwnProperty', 'toString', 'nobody', 'a.b', '_-'].map((name) => [
        `the operation ${name}`,
        envelopeOf(elementOf({ ...operation, name }, '<o:x>1</o:x>')),
      ]),
    ),
    'an argument __proto__': envelopeOf(elementOf(operation, '<o:__proto__><o:a>1</o:a></o:__proto__>')),
    'no arguments': envelopeOf(elementOf(operation, '')),
    'each argument twice': envelopeOf(elementOf(operation, argumentsOf(operation.values).repeat(2))),
    'arguments within each other': envelopeOf(
      elementOf(operation, `<o:${first}>${argumentsOf(operation.values)}</o:${first}>`),
    ),
  };
};

/** What no argument expects. */
const VALUES: Readonly<Record<string, string>> = {
  'SQL that ends a text': `' OR '1'='1' -- `,
  'SQL with a second statement': `x"; DROP TABLE AM_API; --`,
  'a path that climbs': '../../../../etc/passwd',
  'a path that climbs in another way': '..\\..\\x',
  'an absolute path': '/etc/passwd',
  markup: '</o:x><script>alert(1)</script>',
  'the end of CDATA': ']]>',
  'an emoji': '\u{1F600}',
  'control characters beyond ASCII': '\u0080\u009f',
  'line breaks': 'a\r\nSet-Cookie: x=1',
  'a placeholder': `\${jndi:ldap://127.0.0.1:1/a}`,
  'a long text': 'a'.repeat(100_000),
  nothing: '',
};

/** Envelopes that should be refused, or at worst do nothing. */
export const hostileEnvelopes = (operation: Operation): readonly HostileEnvelope[] => [
  ...Object.entries(texts(operation)).map(([title, body]) => ({ title, body })),
  ...Object.keys(operation.values).flatMap((argument) =>
    Object.entries(VALUES).map(([title, value]) => ({
      title: `${title} as ${argument}`,
      body: envelopeOf(elementOf(operation, argumentsOf({ ...operation.values, [argument]: escapeXml(value) }))),
    })),
  ),
];
