import type { z } from 'zod';

/** What a command gives back: plain data for whoever sent it. */
export type Result = Readonly<Record<string, unknown>>;

/** What came of a command, and what is left to do once that is told. */
export interface Done {
  result: Result;
  afterwards?: () => void;
}

/** Something the city can have a shelter do, once for each time that it asks. */
export interface Command<Args = unknown> {
  /** As a message names it. */
  name: string;
  /** What it does, for people. */
  about: string;
  /** The strict schema of its `args`. */
  args: z.ZodType<Args>;
  /** Rejects with COMMAND_REFUSED where it does not fit this shelter, and with any ShelterError where it fails. */
  run(args: Args): Promise<Done>;
  /** Ends what it has set going, as the program ends. */
  stop?(): void;
}

/** Declares a command, with its function checked against the type of its arguments. */
export function defineCommand<Args>(command: Command<Args>): Command {
  return { ...command, run: (args) => command.run(command.args.parse(args)) };
}
