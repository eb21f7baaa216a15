/** The part of SiddhiQL that throttling plans are written in, as it is read. Lines count from 1. */
export type ExecutionPlan = {
  /** Of `@Plan:name`. */
  readonly name: string;
  readonly streams: readonly StreamDefinition[];
  readonly queries: readonly Query[];
};

export type StreamDefinition = {
  readonly name: string;
  readonly attributes: readonly string[];
  /** Id of the stream outside the plan that flows in, `org.wso2.throttle.processed.request.stream:1.0.0`. */
  readonly imports?: string;
  /** Id of the stream outside the plan that this one flows out to. */
  readonly exports?: string;
  readonly line: number;
};

export type Query = {
  readonly from: string;
  /** Filters and stream functions between the stream and `select`, in their order. */
  readonly handlers: readonly Handler[];
  readonly select: '*' | readonly Column[];
  readonly groupBy: readonly string[];
  /** Whether events that leave a window are passed on too: `insert all events into`. */
  readonly allEvents: boolean;
  readonly into: string;
  readonly line: number;
};

export type Handler = { readonly kind: 'filter'; readonly condition: Expression } | FunctionCall;

export type Column = { readonly name: string; readonly value: Expression };

export type FunctionCall = {
  readonly kind: 'call';
  /** With its namespace, in lower case: `str:concat`, `count`. */
  readonly name: string;
  readonly args: readonly Expression[];
  readonly line: number;
};

export type Comparison = '==' | '!=' | '>=' | '<=' | '>' | '<';

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean; readonly line: number }
  | { readonly kind: 'attribute'; readonly name: string; readonly line: number }
  | { readonly kind: 'not'; readonly operand: Expression; readonly line: number }
  | {
      readonly kind: 'and' | 'or' | Comparison;
      readonly left: Expression;
      readonly right: Expression;
      readonly line: number;
    }
  | FunctionCall;
