import type { KeyManagerEntity } from '../../subscription-data/entities.ts';
import { RESIDENT_KEY_MANAGER, type SubscriptionStore } from '../../subscription-data/subscription-store.ts';

/** `type` of the Key Manager that is part of the product (wire.md 2.3). */
const RESIDENT_TYPE = 'default';

const UNLISTED: KeyManagerEntity = {
  name: RESIDENT_KEY_MANAGER,
  type: RESIDENT_TYPE,
  enabled: true,
  configuration: {},
};

/** The Key Manager of `[apim.key_manager]`. It is known and enabled until the event hub says otherwise. */
export const residentKeyManager = ({ keyManagers }: SubscriptionStore): KeyManagerEntity =>
  keyManagers.all().find(({ type }) => type === RESIDENT_TYPE) ?? UNLISTED;

/** The Key Manager that signs tokens of this issuer; the resident one stands for every issuer that nobody claims. */
export const keyManagerOfIssuer = (store: SubscriptionStore, issuer: string): KeyManagerEntity =>
  store.keyManagers.all().find(({ configuration }) => configuration.issuer === issuer) ?? residentKeyManager(store);
