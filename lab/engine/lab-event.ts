import type { Operation } from './operations.ts';

/** Everything a command reports while it works. One stream feeds every face: live rows, plain lines, JSON lines. */
export type LabEvent =
  | { readonly kind: 'step'; readonly text: string; readonly ms?: number }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'operation'; readonly operation: Operation }
  | {
      readonly kind: 'node';
      readonly node: string;
      readonly state: NodeState;
      /** For whom it waits, with the reason. */
      readonly waitsFor?: readonly string[];
      readonly why?: string;
      /** Milliseconds since the start of the command. */
      readonly at: number;
    };

export type NodeState = 'waiting' | 'starting' | 'healthy' | 'failed';

export type Emit = (event: LabEvent) => void;
