import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMessage, speakDevTools, splitMessages } from '../../../kiosk/browser/devtools.js';

function pipe() {
  const input = new PassThrough();
  const output = new PassThrough();
  const devtools = speakDevTools(input, output);
  const sent: { id: number; method: string; sessionId?: string }[] = [];
  input.on(
    'data',
    splitMessages((text) => sent.push(JSON.parse(text))),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const say = (message: object) => output.write(`${JSON.stringify(message)}\0`);
  return { input, output, devtools, sent, settle, say };
}

describe('DevTools over a pipe', () => {
  it('matches answers to questions, in whatever order they come', async () => {
    const { devtools, sent, settle, say } = pipe();
    const first = devtools.send('A.one', { x: 1 });
    const second = devtools.send('A.two', {}, 'page');
    await settle();
    expect(sent).toEqual([
      { id: 1, method: 'A.one', params: { x: 1 } },
      { id: 2, method: 'A.two', params: {}, sessionId: 'page' },
    ]);
    say({ id: 2, result: { b: 2 } });
    say({ id: 1, result: { a: 1 } });
    expect(await Promise.all([first, second])).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it('rejects what the browser refuses, with its words', async () => {
    const { devtools, say } = pipe();
    const asked = devtools.send('A.one');
    say({ id: 1, error: { code: -32000, message: 'Not allowed' } });
    await expect(asked).rejects.toThrow('A.one: Not allowed');
  });

  it('tells events, each with its page', async () => {
    const { devtools, settle, say } = pipe();
    const events: unknown[] = [];
    devtools.onEvent((event) => events.push(event));
    say({ method: 'Page.loadEventFired', params: { timestamp: 1 }, sessionId: 'page' });
    say({ method: 'Target.targetCreated' });
    await settle();
    expect(events).toEqual([
      { method: 'Page.loadEventFired', params: { timestamp: 1 }, session: 'page' },
      { method: 'Target.targetCreated', params: {}, session: undefined },
    ]);
  });

  it('leaves nobody waiting when the browser is gone', async () => {
    const { devtools, input, output } = pipe();
    const asked = devtools.send('A.one');
    output.destroy();
    await expect(asked).rejects.toThrow('the browser is gone');
    input.destroy();
    await expect(devtools.send('A.two')).rejects.toThrow('the browser is gone');
  });

  it('puts texts together again, whatever the chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        (texts, sizes) => {
          const heard: string[] = [];
          const split = splitMessages((text) => heard.push(text));
          let rest = Buffer.from(texts.map((text) => `${text}\0`).join(''));
          for (let turn = 0; rest.length > 0; turn++) {
            const size = sizes[turn % sizes.length] ?? 1;
            split(rest.subarray(0, size));
            rest = rest.subarray(size);
          }
          expect(heard).toEqual(texts);
        },
      ),
    );
  });

  it('bears whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify(value)),
        ),
        (text) => {
          parseMessage(text);
        },
      ),
    );
    expect(parseMessage('{"id":1,"result":[1]}')).toEqual({ id: 1, problem: undefined, result: {} });
    expect(parseMessage('[]')).toBeUndefined();
  });
});
