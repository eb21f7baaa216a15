import { BlockList, isIP } from 'node:net';
import { fitsWildcard } from './wildcard.ts';

export type ApiKeyRestrictions = {
  /** Addresses and networks in CIDR form, separated by commas. */
  readonly permittedIP?: string | undefined;
  /** Referers, separated by commas; `*` stands for any text without blanks. */
  readonly permittedReferer?: string | undefined;
};

/**
 * Whether a key may be used from this place. As in the product an address that is permitted is enough, whatever the referer
 * (carbon-apimgt 6.7.206, ApiKeyAuthenticator).
 */
export const mayUseFrom = (
  { permittedIP, permittedReferer }: ApiKeyRestrictions,
  { clientIp, referer }: { readonly clientIp: string; readonly referer: string | undefined },
): boolean => {
  if (permittedIP) return listed(permittedIP).some((network) => isInNetwork(clientIp, network));
  if (permittedReferer) return listed(permittedReferer).some((pattern) => fitsReferer(pattern, referer ?? ''));
  return true;
};

const listed = (text: string): readonly string[] => text.split(',').map((entry) => entry.trim());

/** An entry that is no network permits nobody. */
const isInNetwork = (address: string, network: string): boolean => {
  const [base = '', prefix] = network.split('/', 2);
  const family = familyOf(base);
  const bits = prefix === undefined || prefix === '' ? (family === 'ipv4' ? 32 : 128) : Number(prefix);
  if (!family || familyOf(address) !== family || !Number.isInteger(bits)) return false;
  if (bits < 0 || bits > (family === 'ipv4' ? 32 : 128)) return false;
  const permitted = new BlockList();
  permitted.addSubnet(base, bits, family);
  return permitted.check(address, family);
};

const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined => {
  const family = isIP(address);
  return family === 0 ? undefined : family === 4 ? 'ipv4' : 'ipv6';
};

const fitsReferer = (pattern: string, referer: string): boolean =>
  referer !== '' && !/\s/.test(referer) && fitsWildcard(pattern, referer);
