import { isIPv4, isIPv6 } from 'node:net';

/** Addresses whose numbers are remembered: those who call, call often. */
const MOST_KNOWN = 1_000;

const known = new Map<string, bigint | undefined>();

/** An IP address as the number that events and conditions carry (wire.md 5.3); undefined for a text that is none. */
export const ipNumber = (address: string): bigint | undefined => {
  if (known.has(address)) return known.get(address);
  if (known.size >= MOST_KNOWN) known.clear();
  const number = numberOf(address);
  known.set(address, number);
  return number;
};

const numberOf = (address: string): bigint | undefined => {
  // Below 2^53, so that one big integer is made and not eight.
  if (isIPv4(address)) return BigInt(address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0));
  return isIPv6(address) && !address.includes('%') ? fromGroups(groupsOf(address)) : undefined;
};

const fromGroups = (digits: readonly number[]): bigint =>
  digits.reduce((sum, digit) => (sum << 16n) | BigInt(digit), 0n);

/** The eight groups of an IPv6 address, `::` filled up, a dotted end made two groups. */
const groupsOf = (address: string): readonly number[] => {
  const [head = '', tail] = address.split('::');
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
};

const groups = (part: string): readonly number[] =>
  part === ''
    ? []
    : part.split(':').flatMap((group) => {
        if (!group.includes('.')) return [Number.parseInt(group, 16)];
        const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
        return [a * 256 + b, c * 256 + d];
      });
