import { PolicyError } from './policy-error.ts';

/** A text constant of SiddhiQL, which has quotes of two kinds and no escapes. @throws PolicyError */
export const siddhiText = (text: string): string => {
  const quote = ["'", '"'].find((each) => !text.includes(each));
  if (quote === undefined || /[\n\r]/.test(text))
    throw new PolicyError(`cannot write ${JSON.stringify(text)} in SiddhiQL`);
  return `${quote}${text}${quote}`;
};
