import type { Vocabulary } from '../catalogue/vocabulary.js';
import type { Registers } from '../channels/registers/registers.js';
import type { ProcessEngine } from '../engine/engine.js';
import type { JobActivation } from '../engine/job-activation.js';
import type { DialoguePorts } from '../inquiries/dialogue-ports.js';
import type { RegisterInquiry } from '../inquiries/intake.js';
import type { Clock } from '../kernel/clock.js';
import type { Id } from '../kernel/ids.js';

/** Moves demo mode's clock; there is none outside it. */
export interface DemoClockPort {
  /** Moves forwards to `target` and does what falls due on the way. Resolves to what it then says. */
  moveTo(target: Date): Promise<Date>;
}

/** What routes call besides the rooms' own functions: the parts that `compose` builds once. */
export interface Services {
  readonly engine: ProcessEngine;
  readonly jobActivation: Pick<JobActivation, 'activate'>;
  readonly registerInquiry: RegisterInquiry;
  readonly dialogue: DialoguePorts;
  readonly clock: Clock;
  /** Words that tell what an inquiry is about. */
  readonly vocabulary: () => Promise<Vocabulary>;
  /** Other authorities' registers. */
  readonly registers: Registers;
  readonly newId: () => Id;
  /** Where browsers reach the installation. */
  readonly publicUrl: string;
  readonly demoClock: DemoClockPort | undefined;
}
