import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../drivers/bindings/system-clock.js';
import { type Program, runProgram } from '../../../runtime/speech/program.js';
import { virtualClock } from '../../../simulators/virtual-clock.js';

function program(name: string, args: readonly string[] = [], limits: Partial<Program> = {}): Program {
  return { name, args, patience: 10_000, most: 100_000, hint: 'Install it.', ...limits };
}

function run(called: Program, input = ''): Promise<Buffer> {
  return runProgram(called, input, systemClock);
}

describe('A program', () => {
  it('is given the text and gives what it makes of it', async () => {
    expect((await run(program('cat'), '곧 도착; $(reboot)\n')).toString()).toBe('곧 도착; $(reboot)\n');
  });

  it('gets its arguments as they are, since no shell has a part in it', async () => {
    expect((await run(program('printf', ['%s', '$HOME; echo x']))).toString()).toBe('$HOME; echo x');
  });

  it('that is not installed is said to be missing, with what to do', async () => {
    await expect(run(program('no-such-voice'))).rejects.toMatchObject({
      code: 'SPEECH_UNAVAILABLE',
      message: 'no-such-voice is not installed',
      hint: 'Install it.',
    });
  });

  it('that fails says why in its own words', async () => {
    const failing = program('sh', ['-c', 'echo "no such voice" >&2; exit 3']);
    await expect(run(failing)).rejects.toMatchObject({
      code: 'SPEECH_FAILED',
      message: 'sh cannot speak: no such voice',
    });
    await expect(run(program('false'))).rejects.toMatchObject({
      message: 'false cannot speak: it ended with 1',
    });
  });

  it('that writes without end is ended', async () => {
    await expect(run(program('yes'))).rejects.toMatchObject({
      message: 'yes cannot speak: it wrote more than 100000 bytes',
    });
  });

  it('that takes too long is ended', async () => {
    const clock = virtualClock();
    const asleep = runProgram(program('sleep', ['600']), '', clock);
    const failed = expect(asleep).rejects.toMatchObject({
      message: 'sleep cannot speak: it took longer than 10 s',
    });
    await clock.advance(10_000);
    await failed;
  });

  it('that ends before it has read everything fails or gives what it has, and harms nobody', async () => {
    const long = 'x'.repeat(1_000_000);
    expect((await run(program('true'), long)).length).toBe(0);
  });
});
