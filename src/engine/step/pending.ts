/**
 * What is left of a synchronous stretch: nothing, or a promise of how it goes on. Whatever touches
 * the engine runs in stretches that can be interrupted; queries and handlers are awaited in between.
 */
export type Pending = Promise<() => Pending> | undefined;

/** `next` when everything pending is done. */
export function after(pending: Pending, next: () => Pending): Pending {
  if (!pending) return next();
  return pending.then((goOn) => () => after(goOn(), next));
}

/** Goes on with what a promise gave, or with why it failed. */
export function when<Value>(
  promise: Promise<Value>,
  goOn: (value: Value) => Pending,
  failed?: (error: unknown) => Pending,
): Promise<() => Pending> {
  return promise.then(
    (value) => () => goOn(value),
    failed && ((error: unknown) => () => failed(error)),
  );
}

/** Lets everybody else have the thread first. */
export function letOthers(next: () => Pending): Pending {
  return nextTurn().then(() => next);
}

/** The event loop's next turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
