import { expectThat } from '../hops.ts';
import { form, type HttpAnswer, type HttpClient } from '../http-client.ts';

type Cookie = { readonly name: string; readonly value: string; readonly path: string };

/** What a browser is to a load balancer: one client with cookies. It follows redirects when it is told to. */
export class Browser {
  readonly #http: HttpClient;
  readonly #origin: string;
  readonly #cookies = new Map<string, Cookie>();

  constructor(http: HttpClient, origin: string) {
    this.#http = http;
    this.#origin = origin;
  }

  get(target: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer> {
    return this.#send('GET', target, headers);
  }

  post(target: string, fields: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    return this.#send('POST', target, { 'Content-Type': 'application/x-www-form-urlencoded' }, form(fields));
  }

  /** The value of a cookie that a request to this path carries. */
  cookie(name: string, path: string): string | undefined {
    return this.#cookiesFor(path).find((each) => each.name === name)?.value;
  }

  async #send(
    method: string,
    target: string,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): Promise<HttpAnswer> {
    // Nodes name themselves by the load balancer's host name in the lab; the host reaches that by its port.
    const { pathname, search } = new URL(target, this.#origin);
    const cookie = this.#cookiesFor(pathname).map(({ name, value }) => `${name}=${value}`);
    const answer = await this.#http({
      url: this.#origin + pathname + search,
      method,
      headers: { ...headers, ...(cookie.length > 0 && { Cookie: cookie.join('; ') }) },
      ...(body !== undefined && { body }),
    });
    for (const each of answer.headers['set-cookie'] ?? []) this.#keep(each);
    return answer;
  }

  #cookiesFor(path: string): readonly Cookie[] {
    return [...this.#cookies.values()].filter((each) => each.value !== '' && isBelow(path, each.path));
  }

  /** By name and path, as RFC 6265 has it. Every cookie of the product names its path. */
  #keep(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split(';').map((part) => part.trim());
    const separator = pair.indexOf('=');
    const [name, value] = [pair.slice(0, separator), pair.slice(separator + 1)];
    const path = attributes.find((each) => /^path=/i.test(each))?.slice('path='.length) ?? '/';
    this.#cookies.set(`${name} ${path}`, { name, value, path });
  }
}

const isBelow = (path: string, cookiePath: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);

/** Where a redirect leads: path and query. @throws Mismatch where the answer is none */
export const redirectOf = ({ status, headers }: HttpAnswer): URL => {
  expectThat(status === 302 && headers.location !== undefined, 'a redirect', String(status));
  return new URL(headers.location ?? '', 'https://localhost');
};
