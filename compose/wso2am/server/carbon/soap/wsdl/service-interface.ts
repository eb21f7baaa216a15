/**
 * What the WSDL of a service says. Arguments, fields and results are words: `version` is a text, `maxItemLimit:int` of another
 * type of XML Schema or one of `types`, and with a star, `roleList*`, it may come several times.
 */
export type ServiceInterface = {
  readonly namespace: string;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly types?: Readonly<Record<string, ComplexType>>;
};

type Operation = {
  /** In the order of the elements, separated by blanks. */
  readonly takes: string;
  /** Absent for an operation without an answer. */
  readonly gives?: string;
};

type ComplexType = {
  readonly namespace: string;
  /** In the order of the elements, separated by blanks. */
  readonly fields: string;
};

export type Part = { readonly name: string; readonly type: string; readonly isRepeated: boolean };

/** Reads words such as `userName roleList* maxItemLimit:int`. */
export const partsOf = (words: string): readonly Part[] =>
  words
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [named = '', type = 'string'] = word.split(':');
      return { name: named.replace('*', ''), type, isRepeated: named.endsWith('*') };
    });
