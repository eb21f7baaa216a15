import { isIPv4, isIPv6 } from 'node:net';

/** Addresses whose numbers are remembered: those who call, call often. */
const MOST_KNOWN = 1_000;

/** UTF-16 units of the longest address: IPv6 with a dotted end. What is longer is none, and nobody's memory to fill. */
const LONGEST = 45;

const known = new Map<string, bigint>();

/** An IP address as the number that events and conditions carry (wire.md 5.3); undefined for a text that is none. */
export const ipNumber = (address: string): bigint | undefined => {
  if (address.length > LONGEST) return undefined;
  const remembered = known.get(address);
  if (remembered !== undefined) return remembered;
  const number = numberOf(address);
  if (number === undefined) return undefined;
  if (known.size >= MOST_KNOWN) known.clear();
  // A copy: a part of a header would hold all of it.
  known.set(Buffer.from(address, 'latin1').toString('latin1'), number);
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
