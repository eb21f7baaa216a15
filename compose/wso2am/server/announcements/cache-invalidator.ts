/** Resources that gateways shall ask for anew; a policy's change has no version and no resources. */
export type StaleResources = {
  /** With the version in it, or `POLICY:/t/carbon.super/`, which means the resources of all APIs. */
  readonly context: string;
  readonly version: string;
  readonly resources: readonly { readonly template: string; readonly verb: string }[];
};

/** How a node makes gateways forget what they know (wire.md 4.2). Never rejects: a gateway that cannot be told is logged. */
export type CacheInvalidator = {
  tokens(tokens: readonly string[]): Promise<void>;
  /** @param users `admin@carbon.super` */
  usernames(users: readonly string[]): Promise<void>;
  resources(stale: StaleResources): Promise<void>;
};
