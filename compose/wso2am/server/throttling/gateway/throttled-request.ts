/** All that throttling wants to know of one authenticated request (wire.md 5.3). */
export type ThrottledRequest = {
  /** With the version: `/pizzashack/1.0.0`. */
  readonly apiContext: string;
  readonly apiVersion: string;
  /** `<provider>--<name>`: `admin--PizzaShackAPI`. */
  readonly apiName: string;
  readonly apiTenant: string;
  /** Policy of the whole API; with one other than `Unlimited` those of the resources do not count. */
  readonly apiTier?: string | undefined;
  /** The operation called; GraphQL calls of 3.2.0 may have several. */
  readonly resources: readonly ThrottledResource[];
  readonly application: {
    readonly id: string;
    readonly name: string;
    readonly tier: string;
    readonly subscriber: string;
    readonly tenant: string;
  };
  readonly subscription: {
    readonly tier: string;
    /** False lets requests beyond the quota pass. */
    readonly stopOnQuotaReach: boolean;
    readonly spikeArrest?: { readonly limit: number; readonly unit: 'sec' | 'min' } | undefined;
    /** When it is one to an API product. */
    readonly product?: { readonly name: string; readonly provider: string };
  };
  /** `admin@carbon.super`. */
  readonly user: string;
  readonly keyType: 'PRODUCTION' | 'SANDBOX';
  /** Of the back end, per key type. */
  readonly hardLimit?: HardLimit | undefined;
  readonly clientIp: string;
  /** Names as the client wrote them: plans compare them letter by letter. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly jwtClaims: Readonly<Record<string, string>>;
  /** Bytes of the request; there when one of its policies counts bandwidth. */
  readonly messageSize?: number | undefined;
};

export type ThrottledResource = {
  /** `/menu`, `/order/{id}`, `/*`. */
  readonly uriTemplate: string;
  readonly verb: string;
  readonly tier: string;
};

/** `unitTime` in milliseconds. */
export type HardLimit = { readonly limit: number; readonly unitTime: number };

/** The policy that limits nothing, and has no plan. */
const UNLIMITED = 'unlimited';

export const isUnlimited = (tier: string | undefined): boolean =>
  tier === undefined || tier === '' || tier.toLowerCase() === UNLIMITED;
