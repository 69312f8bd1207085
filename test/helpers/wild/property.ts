import fc from 'fast-check';

/** How deep to dig: FUZZ_RUNS=5000 asks each property so often, FUZZ_SEED repeats a failed run. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 0);
const SEED = process.env['FUZZ_SEED'];

/** Asks a property of many values; a failure shows the smallest value found, and its seed. */
export async function holds<Value>(
  values: fc.Arbitrary<Value>,
  usualRuns: number,
  property: (value: Value) => Promise<void>,
): Promise<void> {
  const numRuns = RUNS || usualRuns;
  const seed = SEED === undefined ? {} : { seed: Number(SEED) };
  await fc.assert(fc.asyncProperty(values, property), { numRuns, ...seed });
}
