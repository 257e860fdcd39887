import { goodLine } from '../../simulators/delay-line.js';
import type { FaultyLink } from '../../simulators/faulty-link.js';
import { type Random, wholeNumber } from '../../simulators/random.js';

/** Waits so many ms. */
export type Pause = (ms: number) => Promise<void>;

/** Something that befalls a line that carries a connection; resolves when it has, and the line works again. */
export type LineFault = (link: FaultyLink, random: Random, pause: Pause) => Promise<void>;

/** Every kind of cut, by its name in the report. */
export const lineFaults: Readonly<Record<string, LineFault>> = {
  'reset at once': async (link) => link.cut('reset'),
  'orderly hang-up': async (link) => link.cut('hang-up'),
  'cut between PUBLISH and PUBACK': (link) => link.cutAt('before an acknowledgement'),
  'cut within a PUBLISH': (link) => link.cutAt('within a PUBLISH'),
  'half-open: nothing either way': async (link) => link.silence('both ways'),
  'half-open: nothing back': async (link) => link.silence('the way back'),
  async 'refused for a while'(link, random, pause) {
    const admit = link.refuse();
    await pause(wholeNumber(random, 200, 1_500));
    admit();
  },
  async 'slow, then reset'(link, random, pause) {
    link.become({ ...goodLine, latency: wholeNumber(random, 100, 1_500) });
    await pause(wholeNumber(random, 300, 2_000));
    link.cut('reset');
    link.become(goodLine);
  },
  async 'narrow, then reset'(link, random, pause) {
    link.become({ latency: 20, bandwidth: wholeNumber(random, 300, 3_000) });
    await pause(wholeNumber(random, 300, 2_000));
    link.cut('reset');
    link.become(goodLine);
  },
};
