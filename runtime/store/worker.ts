/** The thread that owns the database, so that the program's event loop never waits for the card. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../../drivers/bindings/system-clock.js';
import type { DatabaseOptions } from './database.js';
import { type HealingDatabase, healingDatabase } from './healing.js';
import { type Operation, type Request, type Response, writeProblem } from './messages.js';
import type { Salvage } from './port.js';
import { readRequest, writeResponse } from './wire.js';

function serve(port: MessagePort, options: DatabaseOptions): void {
  const say = (response: Response) => {
    const { message, handedOver } = writeResponse(response);
    port.postMessage(message, handedOver);
  };
  try {
    const tell = (salvage: Salvage) => say({ kind: 'salvaged', salvage });
    const database = healingDatabase(options, systemClock, tell);
    const housekeeper = createHousekeeper(database);
    port.on('message', (message: Request) => {
      const request = readRequest(message);
      if (request.operation === 'close') housekeeper.stop();
      say(answer(database, request, options.file));
      if (request.operation === 'close') port.close();
      if (request.operation === 'commit') housekeeper.call();
    });
    say({ kind: 'opened' });
  } catch (error) {
    say({ kind: 'refused', problem: writeProblem(error, options.file) });
  }
}

function answer(database: HealingDatabase, { id, operation, args }: Request, file: string): Response {
  try {
    const perform = database.perform as (operation: Operation, ...args: readonly unknown[]) => unknown;
    return { kind: 'done', id, result: perform(operation, ...args) };
  } catch (error) {
    return { kind: 'failed', id, problem: writeProblem(error, file) };
  }
}

/** Tidies up in small steps, and lets requests come in between. */
function createHousekeeper(database: HealingDatabase) {
  let next: NodeJS.Immediate | undefined;

  function work(): void {
    next = undefined;
    try {
      if (database.perform('tidy')) next = setImmediate(work);
    } catch {
      // What hinders it hinders the next commit too, which tells; after that it is tried again.
    }
  }

  return {
    call() {
      next ??= setImmediate(work);
    },
    stop() {
      clearImmediate(next);
    },
  };
}

if (parentPort) serve(parentPort, workerData as DatabaseOptions);
