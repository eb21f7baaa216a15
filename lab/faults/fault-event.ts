import type { Fault } from './fault.ts';
import type { Healed } from './heal-fault.ts';

/** What `fault` reports. */
export type FaultEvent = { readonly kind: 'applied'; readonly fault: Fault } | ({ readonly kind: 'healed' } & Healed);
