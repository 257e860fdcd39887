/** Something that runs until it is told to stop. */
export interface Runnable {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts it, stops it on SIGTERM or SIGINT, and then ends the program, whatever device is still waited for. A second
 * signal ends the program at once.
 */
export async function runUntilSignal(runnable: Runnable): Promise<void> {
  const signalled = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  await runnable.start();
  await signalled;
  await runnable.stop();
  process.exit();
}
