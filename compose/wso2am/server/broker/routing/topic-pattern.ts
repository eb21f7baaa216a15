/**
 * Whether a routing key fits the pattern of a topic binding: `*` stands for one word, `#` for any number of them
 * (AMQP 0-9-1, 3.1.3.3). Steps grow with the product of the lengths at most, whatever the pattern.
 */
export const topicMatcher = (pattern: string): ((routingKey: string) => boolean) => {
  if (!/[*#]/.test(pattern)) return (routingKey) => routingKey === pattern;
  const wanted = pattern.split('.');
  return (routingKey) => matches(wanted, routingKey === '' ? [] : routingKey.split('.'));
};

/** Goes back to the last `#` only: what an earlier one could take, the last one can take too. */
const matches = (wanted: readonly string[], words: readonly string[]): boolean => {
  let at = 0;
  let hash = -1;
  let hashTook = 0;
  for (let word = 0; word < words.length; ) {
    const want = wanted[at];
    if (want === '#') {
      hash = at;
      hashTook = word;
      at += 1;
    } else if (want !== undefined && (want === '*' || want === words[word])) {
      at += 1;
      word += 1;
    } else if (hash >= 0) {
      hashTook += 1;
      word = hashTook;
      at = hash + 1;
    } else return false;
  }
  return wanted.slice(at).every((want) => want === '#');
};
