/** What the Traffic Managers are told of a key template: the payload of `org.wso2.keytemplate.request.stream` by name (wire.md 5.10). */
export type KeyTemplateEvent = {
  readonly keyTemplateValue: string;
  readonly keyTemplateState: 'add' | 'remove';
};

/** Sends an event on its way; the policy is stored whatever becomes of it (wire.md 9.3). */
export type KeyTemplatePublisher = (event: KeyTemplateEvent) => Promise<void>;

/**
 * What gateways must hear when templates in use change: the new ones, then those that no policy has any more. Two
 * policies may share a template.
 */
export const keyTemplateEvents = (before: readonly string[], after: readonly string[]): readonly KeyTemplateEvent[] => {
  const lost = (from: readonly string[], to: readonly string[]): readonly string[] => [
    ...new Set(from.filter((template) => !to.includes(template))),
  ];
  return [
    ...lost(after, before).map((value) => ({ keyTemplateValue: value, keyTemplateState: 'add' as const })),
    ...lost(before, after).map((value) => ({ keyTemplateValue: value, keyTemplateState: 'remove' as const })),
  ];
};
