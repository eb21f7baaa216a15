import type { Version } from '../../../../lab/product/versions.ts';

/** A cell of a table that differs between versions; a version left out does not have the row. */
export type PerVersion<T> = Readonly<Partial<Record<Version, T>>>;

export const before32 = <T>(value: T): PerVersion<T> => ({ '3.0.0': value, '3.1.0': value });

export const since31 = <T>(value: T): PerVersion<T> => ({ '3.1.0': value, '3.2.0': value });

export const only32 = <T>(value: T): PerVersion<T> => ({ '3.2.0': value });
