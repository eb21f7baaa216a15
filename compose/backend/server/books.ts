import { answerJson, type Exchange, Refusal } from './exchange.ts';
import { readBody } from './read-body.ts';

type BookText = { readonly title: string; readonly author: string };
type Book = BookText & { readonly id: string };

/** Books that there may be at once: nobody cleans up after people who try things. */
const MOST_BOOKS = 1_000;

/** Characters that a title and a name may have. */
const LONGEST_TEXT = 200;

const FIRST_BOOKS: readonly BookText[] = [
  { title: 'Middlemarch', author: 'George Eliot' },
  { title: 'Invisible Cities', author: 'Italo Calvino' },
  { title: 'The Left Hand of Darkness', author: 'Ursula K. Le Guin' },
];

/** The resources of the sample API: `/books` and `/books/{id}`, in memory until the container restarts. */
export const createBooks = (): ((exchange: Exchange) => Promise<void>) => {
  const books = new Map<string, Book>();
  let lastId = 0;
  const add = (text: BookText): Book => {
    lastId += 1;
    const book = { id: String(lastId), ...text };
    books.set(book.id, book);
    return book;
  };
  for (const text of FIRST_BOOKS) add(text);

  const onCollection = async (exchange: Exchange): Promise<void> => {
    if (exchange.method === 'GET') return answerJson(exchange, 200, { count: books.size, list: [...books.values()] });
    if (exchange.method !== 'POST') throw notAllowed(exchange, 'GET, POST');
    const text = await readBook(exchange);
    if (books.size >= MOST_BOOKS) throw new Refusal(409, `there are ${MOST_BOOKS} books already; delete some`);
    const book = add(text);
    // Relative: whoever reads it came through a gateway, under another path.
    answerJson(exchange, 201, book, { Location: `books/${book.id}` });
  };

  const onBook = async (exchange: Exchange, id: string): Promise<void> => {
    const book = books.get(id);
    if (!book) throw new Refusal(404, `there is no book ${id}`);
    if (exchange.method === 'GET') return answerJson(exchange, 200, book);
    if (exchange.method === 'DELETE') {
      books.delete(id);
      return answerJson(exchange, 204, {});
    }
    if (exchange.method !== 'PUT') throw notAllowed(exchange, 'GET, PUT, DELETE');
    const changed = { id, ...(await readBook(exchange)) };
    books.set(id, changed);
    answerJson(exchange, 200, changed);
  };

  return async (exchange) => {
    const id = /^\/books\/([^/]{1,20})$/.exec(exchange.path)?.[1];
    await (id === undefined ? onCollection(exchange) : onBook(exchange, id));
  };
};

const notAllowed = ({ response }: Exchange, allowed: string): Refusal => {
  response.setHeader('Allow', allowed);
  return new Refusal(405, `allowed are ${allowed}`);
};

const readBook = async ({ request }: Exchange): Promise<BookText> => {
  const body = parseJson((await readBody(request)).toString('utf8'));
  const field = (name: keyof BookText): string => {
    const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
    if (typeof value === 'string' && value.length > 0 && value.length <= LONGEST_TEXT) return value;
    throw new Refusal(400, `${name} must be text of 1 to ${LONGEST_TEXT} characters`);
  };
  return { title: field('title'), author: field('author') };
};

const parseJson = (text: string): object => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below, as for every other body that is no object.
  }
  throw new Refusal(400, 'the body must be a JSON object');
};
