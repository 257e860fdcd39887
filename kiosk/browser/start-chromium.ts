import { tmpdir } from 'node:os';
import { type Clock, machineClock } from '../supervision/clock.js';
import { findHome } from '../supervision/home.js';
import { answers, postTo } from '../supervision/http.js';
import type { Invocation } from '../supervision/invocation.js';
import { keepScreen } from '../supervision/keeper.js';
import { thisPanel } from '../supervision/machine/machine.js';
import { noticeService } from '../supervision/machine/service-notice.js';
import { readAccess } from '../supervision/runtime-access.js';
import { chromiumEngine } from './chromium-engine.js';
import { type BrowserMachine, readiness, thisMachine } from './readiness.js';

export interface StartOptions {
  machine?: BrowserMachine;
  /** Flags beside those of a kiosk, as a test without a screen needs them. */
  further?: readonly string[];
  clock?: Clock;
  log(line: string): void;
}

/** A kiosk that runs. */
export interface RunningKiosk {
  stop(): Promise<void>;
}

/** Shows the page in Chromium until it is stopped; or says in one line why it cannot. */
export function startChromium(
  { home: expected, access: file, frame, graphics }: Invocation,
  { machine = thisMachine(), further = [], clock = machineClock, log }: StartOptions,
): RunningKiosk | { obstacle: string } {
  const ready = readiness(machine, expected.href);
  if ('obstacle' in ready) return ready;
  const access = async () => (file === undefined ? undefined : readAccess(file));
  const home = findHome({ expected, access, answers: answers(clock) });
  const { program, platform } = ready;
  const folder = machine.environment.XDG_RUNTIME_DIR ?? tmpdir();
  const chromium = chromiumEngine({
    ...{ program, platform, home, folder, frame, graphics, further, clock },
  });
  const keeper = keepScreen({
    ...{ browser: 'chromium', engine: chromium.engine, graphics, home, clock, log },
    machine: thisPanel(),
    post: postTo(access, clock),
  });
  const stopNotices = noticeService(clock);
  chromium.listen(keeper.listener);
  keeper.start();
  return {
    async stop() {
      stopNotices();
      keeper.stop();
      await chromium.close();
    },
  };
}
