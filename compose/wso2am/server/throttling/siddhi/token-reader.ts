import { PlanError } from './plan-error.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Goes through the tokens of a plan. Keywords of Siddhi stand in any case. */
export type TokenReader = {
  peek(): Token;
  take(): Token;
  /** Whether these words or symbols come next. */
  sees(...words: readonly string[]): boolean;
  /** Takes these words or symbols when they come next, and says whether they did. */
  skip(...words: readonly string[]): boolean;
  /** Takes this word or symbol. @throws PlanError when another one comes */
  expect(word: string): Token;
  /** Takes a token of this kind. @throws PlanError when another one comes; `what` names what was wanted */
  expectKind(kind: Token['kind'], what: string): Token;
};

/** @throws PlanError */
export const readTokens = (plan: string): TokenReader => {
  const tokens = tokensOf(plan);
  let at = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, tokens.length - 1)] ?? END;
  const take = (): Token => {
    const token = peek();
    at += 1;
    return token;
  };
  const is = (token: Token, word: string): boolean =>
    (token.kind === 'name' || token.kind === 'symbol') && token.text.toLowerCase() === word;
  const sees = (...words: readonly string[]): boolean => words.every((word, ahead) => is(peek(ahead), word));
  const wanted = (what: string): never => {
    throw new PlanError(peek().line, `expected ${what}, found ${peek().text}`);
  };

  return {
    peek: () => peek(),
    take,
    sees,
    skip: (...words) => {
      if (!sees(...words)) return false;
      at += words.length;
      return true;
    },
    expect: (word) => (sees(word) ? take() : wanted(word)),
    expectKind: (kind, what) => (peek().kind === kind ? take() : wanted(what)),
  };
};

const END: Token = { kind: 'end', text: 'the end of the plan', line: 1 };
