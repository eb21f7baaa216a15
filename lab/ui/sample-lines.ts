import colours from 'picocolors';

type Call = { readonly url: string; readonly token: string };

type Sample = { readonly name: string; readonly version: string; readonly curl: string };

/** The command that calls an API, to be pasted as it is. */
export const curlCommand = ({ url, token }: Call, caFile: string): string =>
  `curl --cacert ${quoted(caFile)} -H 'Authorization: Bearer ${token}' ${url}`;

/** What follows the table of a lab that has the sample API. */
export const sampleLines = ({ name, version, curl }: Sample): string =>
  `Call ${name} ${version}\n  ${colours.cyan(curl)}\n\n`;

/** A word of a shell's command line, in quotes where it must be. */
const quoted = (word: string): string =>
  /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
