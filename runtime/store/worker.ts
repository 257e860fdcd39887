/** The thread that owns the database, so that the program's event loop never waits for the card. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import { type Database, type DatabaseOptions, openDatabase } from './database.js';
import { type Request, type Response, writeProblem } from './messages.js';

function serve(port: MessagePort, options: DatabaseOptions): void {
  const say = (response: Response) => port.postMessage(response);
  try {
    const database = openDatabase(options, systemClock);
    port.on('message', (request: Request) => {
      say(answer(database, request, options.file));
      if (request.operation === 'close') port.close();
    });
    say({ kind: 'opened' });
  } catch (error) {
    say({ kind: 'refused', problem: writeProblem(error, options.file) });
  }
}

function answer(database: Database, { id, operation, args }: Request, file: string): Response {
  try {
    const perform = database[operation] as (...args: readonly unknown[]) => unknown;
    return { kind: 'done', id, result: perform(...args) };
  } catch (error) {
    return { kind: 'failed', id, problem: writeProblem(error, file) };
  }
}

if (parentPort) serve(parentPort, workerData as DatabaseOptions);
