import type { JsonObject } from '../../kernel/json.js';

/**
 * What tells activities apart: the code a name begins with ("T07-1"), or the whole name. Logs spell
 * the rest of a name in more than one way.
 */
export function activityKey(name: string): string {
  const trimmed = name.trim();
  return /^T\d+(-\d+)?(?=\s|$)/.exec(trimmed)?.[0] ?? trimmed.toLowerCase();
}

/**
 * What the caseworker answered when finishing an activity of the receipt process. The log holds no
 * answers, only what was done afterwards in the same case (`later`, in order), and that tells them:
 * whoever checks a receipt that is then adjusted has found it wrong. Where nothing follows, the
 * answer is the usual one, which the model takes by default.
 */
export function answersFor(key: string, later: readonly string[]): JsonObject {
  return ANSWERS.get(key)?.(later) ?? {};
}

const review =
  (variable: string, adjust: string, goOn: readonly string[]) =>
  (later: readonly string[]): JsonObject => ({
    [variable]: next(later, [adjust, ...goOn]) === adjust ? 'adjust' : 'correct',
  });

const ANSWERS = new Map<string, (later: readonly string[]) => JsonObject>(
  Object.entries({
    T02: review('receiptCheck', 'T03', ['T02', 'T04']),
    T04: review('receiptApproval', 'T03', ['T04', 'T05']),
    T12: review('letterCheck', 'T13', ['T12', 'T14']),
    T17: review('reasonsCheck', 'T18', ['T17', 'T19']),
    T06: (later: readonly string[]) => ({ advice: adviceAskedFor(later) }),
    T08: (later: readonly string[]) => {
      const party = /^T09-([1-4])$/.exec(later.find((key) => key.startsWith('T09-')) ?? '')?.[1];
      return party ? { adviceParty: `party-${party}` } : {};
    },
    T10: (later: readonly string[]) => {
      const decided = next(later, ['T11', 'T16']);
      return { hold: decided === 'T11' ? 'unlicensed' : decided === 'T16' ? 'hold' : 'none' };
    },
  }),
);

/** The advice that came before the need for advice was looked at again, or was settled. */
function adviceAskedFor(later: readonly string[]): string[] {
  const settled = later.findIndex((key) => key === 'T06' || key === 'T10');
  const between = settled < 0 ? later : later.slice(0, settled);
  const wanted = between.flatMap((key) => {
    if (key === 'T08') return ['external'];
    const aspect = /^T07-([1-5])$/.exec(key)?.[1];
    return aspect ? [`aspect-${aspect}`] : [];
  });
  return [...new Set(wanted)];
}

function next(later: readonly string[], among: readonly string[]): string | undefined {
  return later.find((key) => among.includes(key));
}
