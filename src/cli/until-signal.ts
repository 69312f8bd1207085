/** Resolves to the name of the signal that asks this process to stop. */
export function untilSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // Stays after the first: the second one of npm must not cut a clean stop short.
      process.on(signal, resolve);
    }
  });
}
