/** Kinds of Key Managers that the simulator knows: the one that is part of the product. */
export const KEY_MANAGER_TYPES = ['default'] as const;
