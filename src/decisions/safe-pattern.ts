/** Longer than a postal code, a telephone number or a case number ever needs. */
const MAX_PATTERN_LENGTH = 200;
/** More open repetitions in a row would make matching polynomial of a high degree. */
const MAX_OPEN_REPETITIONS = 4;

const CLASS_OR_ESCAPE = /\\[^]|\[(?:\\[^]|[^\]\\])*\]/g;
const OPEN_REPETITION = /[*+]|\{\d+,\}/g;
const REPEATED_GROUP = /\(([^()]*)\)(?:[*+]|\{\d+(?:,\d*)?\})/;

/**
 * Why a regular expression may take exponential time, or `undefined`. Stricter than needed, and easy
 * to explain: a group that is repeated must neither repeat nor choose inside, and nothing refers
 * back to what it matched.
 */
export function patternProblem(pattern: string): string | undefined {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return `the pattern is longer than ${MAX_PATTERN_LENGTH} characters`;
  }
  if (/\\[1-9k]/.test(pattern)) return 'the pattern refers back to a group';
  let plain = pattern.replace(CLASS_OR_ESCAPE, 'x').replaceAll('(?', '(');
  if ((plain.match(OPEN_REPETITION) ?? []).length > MAX_OPEN_REPETITIONS) {
    return `the pattern has more than ${MAX_OPEN_REPETITIONS} open repetitions`;
  }
  for (;;) {
    const repeated = REPEATED_GROUP.exec(plain);
    if (repeated && /[*+{|?]/.test(repeated[1] ?? '')) {
      return 'the pattern repeats a group that repeats or chooses inside';
    }
    const inner = /\([^()]*\)/.exec(plain);
    if (!inner) return undefined;
    plain = plain.replace(inner[0], repeatsInside(inner[0]) ? 'x*' : 'x');
  }
}

/** A group without its brackets still counts as repeating for the group around it. */
function repeatsInside(group: string): boolean {
  return /[*+{|?]/.test(group);
}
