/** What a request to a back end is made of, taken apart once: a URL computes each of its parts at each look. */
export type BackendAddress = {
  readonly secure: boolean;
  /** Without the brackets of an IPv6 address. */
  readonly hostname: string;
  readonly port: string;
  /** Without a slash at its end. */
  readonly path: string;
  /** For the Host header. */
  readonly host: string;
};

const addresses = new WeakMap<URL, BackendAddress>();

export const backendAddress = (target: URL): BackendAddress => {
  const known = addresses.get(target);
  if (known) return known;
  const address = {
    secure: target.protocol === 'https:',
    hostname: target.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: target.port,
    path: target.pathname.replace(/\/+$/, ''),
    host: target.host,
  };
  addresses.set(target, address);
  return address;
};
