import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFramer } from '../../drivers/framing/framer.js';
import { drivers } from '../../drivers/index.js';
import { haveSameFrames, serialModels } from '../serial-models.js';

describe('the frames of every serial driver and its twin', () => {
  it('are tried for every serial driver', () => {
    expect(serialModels.map(({ driver }) => driver.model).sort()).toEqual(
      drivers
        .filter(({ link }) => link === 'serial')
        .map(({ model }) => model)
        .sort(),
    );
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

  it.each(pairs.filter(({ from, to }) => !haveSameFrames(from, to)))(
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

  it.each(pairs.filter(({ from, to }) => haveSameFrames(from, to)))(
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
