import type { ReplayProgress } from '../compose/replay/replay.js';

/** Shows how far a replay has come. */
export interface ProgressDisplay {
  show(progress: ReplayProgress): void;
  /** Leaves the terminal's line. */
  end(): void;
}

/** What a display needs of a stream. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Often enough to be seen moving, seldom enough to cost nothing. */
const REDRAW_MS = 100;

/** On a terminal one line that moves; elsewhere a plain line for each tenth of the cases. */
export function progressDisplay(stream: ProgressStream): ProgressDisplay {
  return stream.isTTY ? movingLine(stream) : plainLines(stream);
}

function movingLine(stream: ProgressStream): ProgressDisplay {
  let drawnAt = -Infinity;
  return {
    show(progress) {
      const now = performance.now();
      if (now - drawnAt < REDRAW_MS && progress.done < progress.cases) return;
      drawnAt = now;
      stream.write(`\r${wordsFor(progress)}\u001b[K`);
    },
    end() {
      if (drawnAt > -Infinity) stream.write('\n');
    },
  };
}

function plainLines(stream: ProgressStream): ProgressDisplay {
  let tenths = 0;
  return {
    show(progress) {
      const reached = Math.floor((10 * progress.done) / progress.cases);
      if (reached === tenths) return;
      tenths = reached;
      stream.write(`${wordsFor(progress)}\n`);
    },
    end() {},
  };
}

function wordsFor({ done, cases, at }: ReplayProgress): string {
  return `${done} of ${cases} cases, ${at.toISOString().slice(0, 10)}`;
}
