import { parseCall, parseExpression } from './parse-expression.ts';
import { PlanError } from './plan-error.ts';
import type { Column, Handler, Query } from './syntax.ts';
import type { TokenReader } from './token-reader.ts';

/** Reads `from ... select ... [group by ...] insert [all events] into ...`. @throws PlanError */
export const parseQuery = (reader: TokenReader): Query => {
  const { line } = reader.expect('from');
  const from = reader.expectKind('name', 'the name of a stream').text;
  const handlers = parseHandlers(reader);
  reader.expect('select');
  const select = reader.skip('*') ? '*' : parseColumns(reader);
  const groupBy = reader.skip('group', 'by') ? parseNames(reader) : [];
  reader.expect('insert');
  const allEvents = reader.skip('all', 'events');
  if (!allEvents && reader.sees('expired')) {
    throw new PlanError(reader.peek().line, 'the simulator does not run "insert expired events"');
  }
  if (!allEvents) reader.skip('current', 'events');
  reader.expect('into');
  const into = reader.expectKind('name', 'the name of a stream').text;
  if (reader.peek().kind !== 'end') reader.expect(';');
  return { from, handlers, select, groupBy, allEvents, into, line };
};

const parseHandlers = (reader: TokenReader): readonly Handler[] => {
  const handlers: Handler[] = [];
  while (!reader.sees('select')) {
    const { line, text } = reader.peek();
    if (reader.skip('[')) {
      handlers.push({ kind: 'filter', condition: parseExpression(reader) });
      reader.expect(']');
    } else if (reader.skip('#')) {
      handlers.push(parseCall(reader, reader.expectKind('name', 'the name of a stream function')));
    } else {
      throw new PlanError(line, `expected a filter, a stream function or "select", found ${text}`);
    }
  }
  return handlers;
};

const parseColumns = (reader: TokenReader): readonly Column[] => {
  const columns: Column[] = [];
  do {
    const value = parseExpression(reader);
    const name = reader.skip('as') ? reader.expectKind('name', 'the name of a column').text : undefined;
    if (name !== undefined) columns.push({ name, value });
    else if (value.kind === 'attribute') columns.push({ name: value.name, value });
    else throw new PlanError(value.line, 'a column that is no attribute needs a name: add "as"');
  } while (reader.skip(','));
  return columns;
};

const parseNames = (reader: TokenReader): readonly string[] => {
  const names: string[] = [];
  do names.push(reader.expectKind('name', 'the name of an attribute').text);
  while (reader.skip(','));
  return names;
};
