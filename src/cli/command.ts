/** One thing the command line does. */
export interface Command {
  readonly name: string;
  /** Its arguments, as the help shows them. */
  readonly usage: string;
  readonly summary: string;
  /** Resolves when it is done. @throws AppError with a sentence for the terminal */
  run(args: readonly string[]): Promise<void>;
}
