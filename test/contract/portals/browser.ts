import type { Listening } from '../publisher/listen.ts';

export type Page = {
  readonly status: number;
  /** Where it leads, relative to the node; undefined where it is no redirect. */
  readonly location: string | undefined;
  readonly cookies: readonly string[];
  readonly text: string;
};

/** A browser at one node: keeps cookies by name and path as RFC 6265 has it, and follows no redirect by itself. */
export class Browser {
  readonly #listening: Listening;
  readonly #jar = new Map<string, { readonly name: string; readonly value: string; readonly path: string }>();

  constructor(listening: Listening) {
    this.#listening = listening;
  }

  get origin(): string {
    return `https://localhost:${this.#listening.port}`;
  }

  async get(target: string, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    return this.#send(target, { headers });
  }

  async post(target: string, form: Readonly<Record<string, string>>): Promise<Page> {
    return this.#send(target, { method: 'POST', body: new URLSearchParams(form) });
  }

  /** The cookies that a request to this path carries. */
  cookiesFor(path: string): Readonly<Record<string, string>> {
    const sent = [...this.#jar.values()].filter((each) => each.value !== '' && reaches(each.path, path));
    return Object.fromEntries(sent.map((each) => [each.name, each.value]));
  }

  async #send(target: string, init: RequestInit): Promise<Page> {
    const url = new URL(target, this.origin);
    const cookie = Object.entries(this.cookiesFor(url.pathname)).map((pair) => pair.join('='));
    const options: RequestInit & { readonly dispatcher: Listening['agent'] } = {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, ...(cookie.length > 0 && { Cookie: cookie.join('; ') }) },
      dispatcher: this.#listening.agent,
    };
    const response = await fetch(url, options);
    const cookies = response.headers.getSetCookie();
    for (const each of cookies) this.#keep(each);
    const location = response.headers.get('location') ?? undefined;
    return { status: response.status, location, cookies, text: await response.text() };
  }

  #keep(setCookie: string): void {
    const [pair = '', ...attributes] = setCookie.split('; ');
    const [name = '', content = ''] = pair.split('=', 2);
    const path = attributes.find((each) => each.startsWith('Path='))?.slice('Path='.length) ?? '/';
    this.#jar.set(`${name} ${path}`, { name, value: content, path });
  }
}

const reaches = (cookiePath: string, path: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
