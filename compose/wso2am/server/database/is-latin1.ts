/**
 * Whether MySQL can compare a text with the columns of the tables, which are latin1 (configuration.md 7): over anything else it
 * fails. What MySQL calls latin1 is cp1252, which has no room for the control characters U+0080 to U+009F.
 */
export const isLatin1 = (text: string): boolean =>
  [...text].every((character) => character < '\u0080' || (character >= '\u00a0' && character <= '\u00ff'));
