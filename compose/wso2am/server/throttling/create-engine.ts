import type { Decision } from './decision.ts';
import type { CompiledPlan } from './siddhi/compiled-plan.ts';
import type { Row } from './siddhi/values.ts';
import { type RequestEvent, STREAMS } from './streams.ts';
import type { Timers } from './timers.ts';
import { countInWindows, type WindowCounters } from './window-counters.ts';

export type EngineOptions = {
  readonly timers: Timers;
  /** Hears every decision, in order, before the call that caused it returns. */
  readonly onDecision: (decision: Decision) => void;
};

/** The part of a Traffic Manager that counts. Counts live in memory only: a new engine has forgotten them. */
export type Engine = {
  /** Takes one event of the request stream. */
  accept(event: RequestEvent): void;
  /** Runs a plan, in the place of one of the same name: what that one has counted is forgotten. */
  deploy(plan: CompiledPlan): void;
  /** Stops a plan; keys that it has throttled stay so until their window is over. */
  undeploy(name: string): void;
  /** Names of the running plans, sorted. */
  readonly plans: readonly string[];
  /** How many keys are being counted, in all plans. */
  readonly keys: number;
  /** Stops every plan. */
  close(): void;
};

type Running = {
  readonly plan: CompiledPlan;
  /** `hops` counts the plans an event has come through. */
  readonly feed: (row: Row, hops: number) => void;
  readonly counters?: WindowCounters;
};

/**
 * The throttling engine: events flow from the request stream through the plan that copies them to the plans that count
 * (wire.md 5.3-5.5). Without the copying plan nothing is counted, as in the product.
 */
export const createEngine = ({ timers, onDecision }: EngineOptions): Engine => {
  const running = new Map<string, Running>();
  let readers = new Map<string, readonly Running[]>();

  const connect = (): void => {
    readers = new Map();
    for (const each of running.values()) {
      readers.set(each.plan.input, [...(readers.get(each.plan.input) ?? []), each]);
    }
  };
  /** An event that comes through more plans than there are goes round in a circle. */
  const send = (stream: string, row: Row, hops: number): void => {
    if (hops > running.size) return;
    for (const { feed } of readers.get(stream) ?? []) feed(row, hops);
  };
  const undeploy = (name: string): void => {
    running.get(name)?.counters?.close();
    running.delete(name);
    connect();
  };

  const run = (plan: CompiledPlan): Running => {
    if (plan.kind === 'copy') {
      const feed = (row: Row, hops: number): void => {
        const copy = plan.transform(row);
        if (copy) send(plan.output, copy, hops + 1);
      };
      return { plan, feed };
    }
    const counters = countInWindows(plan, timers, onDecision);
    const feed = (row: Row): void => {
      if (plan.accepts(row)) counters.count(row);
    };
    return { plan, feed, counters };
  };

  return {
    accept: (event) => send(STREAMS.request, event, 0),
    deploy: (plan) => {
      undeploy(plan.name);
      running.set(plan.name, run(plan));
      connect();
    },
    undeploy,
    get plans() {
      return [...running.keys()].toSorted();
    },
    get keys() {
      return [...running.values()].reduce((sum, { counters }) => sum + (counters?.size ?? 0), 0);
    },
    close: () => {
      for (const name of [...running.keys()]) undeploy(name);
    },
  };
};
