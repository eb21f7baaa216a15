import { parseQuery } from './parse-query.ts';
import { PlanError } from './plan-error.ts';
import type { ExecutionPlan, Query, StreamDefinition } from './syntax.ts';
import { readTokens, type TokenReader } from './token-reader.ts';

/**
 * Reads an execution plan: annotations, stream definitions and queries, in any formatting.
 * @throws PlanError with the line of what is not understood
 */
export const parsePlan = (text: string): ExecutionPlan => {
  const reader = readTokens(text);
  const streams: StreamDefinition[] = [];
  const queries: Query[] = [];
  let name: string | undefined;
  let annotations = new Map<string, string>();

  while (reader.peek().kind !== 'end') {
    const { line, text: word } = reader.peek();
    if (reader.skip(';')) continue;
    if (reader.sees('@')) {
      const [key, value] = parseAnnotation(reader);
      if (key === 'plan:name') name = value;
      else annotations.set(key, value);
    } else if (reader.skip('define', 'stream')) {
      streams.push(parseDefinition(reader, annotations, line));
      annotations = new Map();
    } else if (reader.sees('from')) {
      queries.push(parseQuery(reader));
      annotations = new Map();
    } else {
      throw new PlanError(line, `expected an annotation, "define stream" or "from", found ${word}`);
    }
  }
  if (name === undefined || name === '') throw new PlanError(1, 'the plan has no name: @Plan:name is missing');
  return { name, streams, queries };
};

/** `@Import('id')`, `@Plan:name("x")`, `@info(name = 'q')`: the name in lower case, and the first text. */
const parseAnnotation = (reader: TokenReader): readonly [string, string] => {
  reader.expect('@');
  const first = reader.expectKind('name', 'the name of an annotation').text;
  const second = reader.skip(':') ? reader.expectKind('name', 'the name of an annotation').text : undefined;
  const name = (second === undefined ? first : `${first}:${second}`).toLowerCase();
  reader.expect('(');
  let value: string | undefined;
  while (!reader.skip(')')) {
    const { kind, text, line } = reader.take();
    if (kind === 'end') throw new PlanError(line, `the annotation @${first} is not closed`);
    if (kind === 'text') value ??= text;
  }
  return [name, value ?? ''];
};

const parseDefinition = (
  reader: TokenReader,
  annotations: ReadonlyMap<string, string>,
  line: number,
): StreamDefinition => {
  const name = reader.expectKind('name', 'the name of a stream').text;
  reader.expect('(');
  const attributes: string[] = [];
  do {
    attributes.push(reader.expectKind('name', 'the name of an attribute').text);
    reader.expectKind('name', 'the type of an attribute');
  } while (reader.skip(','));
  reader.expect(')');
  const imports = annotations.get('import');
  const exports = annotations.get('export');
  return {
    name,
    attributes,
    ...(imports !== undefined && { imports }),
    ...(exports !== undefined && { exports }),
    line,
  };
};
