/** Forms that the mapper resolves; `${name}` is not one of them (configuration.md 4.3). */
export type Placeholder = 'ref' | 'env' | 'sys' | 'secret';

const patternOf = (form: Placeholder): RegExp => new RegExp(`\\$${form}\\{(.*?)\\}`, 'gs');

/** Names in `$form{name}`, in order. One that is never closed is plain text. */
export const namesIn = (text: string, form: Placeholder): readonly string[] =>
  Array.from(text.matchAll(patternOf(form)), ([, name]) => name ?? '');

/** The text with every `$form{name}` replaced by what `resolve` says. */
export const replaceIn = (text: string, form: Placeholder, resolve: (name: string) => string): string =>
  text.replace(patternOf(form), (_, name: string) => resolve(name));
