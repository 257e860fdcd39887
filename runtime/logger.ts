/** Where the runtime tells what happened, for a technician to read later. A pino logger is one. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  /** The least level that is written, which may be set; absent where it is not for the runtime to choose. */
  level?: string;
}
