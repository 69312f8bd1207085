export const evaluateDecision = (..._: unknown[]): {value: import('../kernel/json.js').JsonValue; explanation: import('./explanation.js').Explanation} => { throw new Error('later'); };
