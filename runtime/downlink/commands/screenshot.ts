import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { KioskDesk } from '../../kiosk/desk.js';
import { type Command, defineCommand } from './command.js';

/** Sends a picture upstream. @returns the topic */
export type PublishPicture = (jpeg: Uint8Array) => Promise<string>;

export function screenshot(kiosk: Pick<KioskDesk, 'screenshot'>, publish: PublishPicture): Command {
  return defineCommand({
    name: 'screenshot',
    about: 'Sends a picture of what the kiosk shows, as a JPEG on a topic of its own.',
    args: z.strictObject({}),
    async run() {
      const jpeg = await kiosk.screenshot();
      const topic = await publish(jpeg);
      const sha256 = createHash('sha256').update(jpeg).digest('hex');
      return { result: { topic, bytes: jpeg.length, sha256 } };
    },
  });
}
