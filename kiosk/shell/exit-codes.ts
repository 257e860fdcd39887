/** What the window’s process says as it ends, to whoever started it. */
export const exitCodes = {
  failed: 1,
  usage: 2,
  /** It is to be started again, without the graphics chip. */
  withoutGpu: 75,
} as const;
