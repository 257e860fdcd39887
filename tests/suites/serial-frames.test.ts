import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFramer } from '../../drivers/framing/framer.js';
import { serialModels } from '../serial-models.js';

/**
 * Models whose data frames nothing in them tells apart: the same head, length and checksum. Which of them is wired
 * can only be known from the site file.
 */
const sameFrame = [['sds011'], ['pms3003'], ['pms5003', 'pms7003', 'pmsa003', 'pms5003t'], ['pms5003st']];

const groupOf = (model: string) => sameFrame.findIndex((group) => group.includes(model));

describe('the frames of every serial driver and its twin', () => {
  it('are all in one group or another', () => {
    expect(sameFrame.flat().sort()).toEqual(serialModels.map(({ driver }) => driver.model).sort());
  });

  it.each(serialModels.map((model) => ({ name: model.driver.model, ...model })))(
    'say to the driver of a $name what its twin sensed',
    ({ driver, messages }) => {
      fc.assert(
        fc.property(messages, ({ frame, says }) => {
          const framer = createFramer(driver.framing);
          expect(framer.push(frame).map((each) => driver.decode(each))).toEqual([
            { kind: 'sample', sample: says },
          ]);
          expect(framer.counts()).toEqual({ rejectedBytes: 0, badFrames: 0 });
        }),
      );
    },
  );

  const pairs = serialModels.flatMap((sender) =>
    serialModels
      .filter(({ driver }) => driver !== sender.driver)
      .map((reader) => ({ from: sender.driver.model, to: reader.driver.model, sender, reader })),
  );

  it.each(pairs.filter(({ from, to }) => groupOf(from) !== groupOf(to)))(
    'of a $from are refused by the driver of a $to',
    ({ sender, reader }) => {
      fc.assert(
        fc.property(fc.array(sender.messages, { minLength: 1, maxLength: 4 }), (messages) => {
          const bytes = messages.flatMap(({ frame }) => [...frame]);
          const framer = createFramer(reader.driver.framing);
          expect([...framer.push(Uint8Array.from(bytes)), ...framer.finish()]).toEqual([]);
          expect(framer.counts().rejectedBytes).toBe(bytes.length);
        }),
        { numRuns: 50 },
      );
    },
  );

  it.each(pairs.filter(({ from, to }) => groupOf(from) === groupOf(to)))(
    'of a $from cannot be told from those of a $to',
    ({ sender, reader }) => {
      fc.assert(
        fc.property(sender.messages, ({ frame }) => {
          expect(createFramer(reader.driver.framing).push(frame)).toEqual([frame]);
        }),
        { numRuns: 50 },
      );
    },
  );
});
