/** Something that runs until it is told to stop. */
export interface Runnable {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts it, stops it on SIGTERM or SIGINT, or when it is asked to otherwise, and then ends the program, whatever
 * device is still waited for. A second signal ends the program at once.
 */
export async function runUntilSignal(
  runnable: Runnable,
  otherwise: Promise<void> = new Promise(() => {}),
): Promise<void> {
  const signalled = new Promise<void>((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
  await runnable.start();
  await Promise.race([signalled, otherwise]);
  await runnable.stop();
  process.exit();
}
