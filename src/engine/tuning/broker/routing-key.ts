import { getRoutingKeyPattern } from 'smqp';

export type KeyTest = (routingKey: string) => boolean;

const always: KeyTest = () => true;

/**
 * Tells whether a routing key fits a pattern, as smqp does: `*` is one word, `#` is anything. Most
 * patterns hold an execution id and are used once, so none is worth compiling to a RegExp.
 */
export function keyTest(pattern: string): KeyTest {
  const at = wildcardAt(pattern, 0);
  if (at === -1) return (key) => key === pattern;
  if (pattern === '#') return always;
  if (wildcardAt(pattern, at + 1) !== -1) {
    const compiled = getRoutingKeyPattern(pattern);
    return (key) => compiled.test(key);
  }
  const head = pattern.slice(0, at);
  const tail = pattern.slice(at + 1);
  return pattern[at] === '#' ? betweenAnything(head, tail) : betweenOneWord(head, tail);
}

function wildcardAt(pattern: string, from: number): number {
  for (let at = from; at < pattern.length; at += 1) {
    const char = pattern.charCodeAt(at);
    if (char === 35 || char === 42) return at;
  }
  return -1;
}

function betweenAnything(head: string, tail: string): KeyTest {
  const least = head.length + tail.length;
  return (key) => key.length >= least && key.startsWith(head) && key.endsWith(tail);
}

function betweenOneWord(head: string, tail: string): KeyTest {
  const least = head.length + tail.length;
  return (key) => {
    if (key.length <= least || !key.startsWith(head) || !key.endsWith(tail)) return false;
    const dot = key.indexOf('.', head.length);
    return dot === -1 || dot >= key.length - tail.length;
  };
}
