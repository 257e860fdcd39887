import type { Cancel, Clock } from '../drivers/ports.js';
import type { Environment } from './contract.js';
import { type FaultName, faultNames, faults, isFaultName } from './faults.js';

/** Something that can be made to fail while it runs. */
export interface Faultable {
  readonly fault: FaultName | undefined;
  setFault(fault: FaultName | undefined): Promise<void>;
}

/** What a hand can reach on a simulated rig. */
export interface Rig {
  /** By name. */
  devices: Readonly<Record<string, Faultable>>;
  /** By name: presses and releases. */
  buttons: Readonly<Record<string, () => void>>;
  environment: Environment;
  clock: Clock;
}

/** Carries out one line of a rig's console, and gives the text to answer; mistakes are answered, not thrown. */
export type RigConsole = (line: string) => Promise<string>;

export function rigConsole(rig: Rig): RigConsole {
  const names = Object.keys(rig.devices);

  async function setFault(device: string | undefined, fault: FaultName | undefined): Promise<string> {
    const target = device === undefined ? undefined : rig.devices[device];
    if (!target) return `there is no device "${device ?? ''}"; there is ${names.join(', ')}`;
    await target.setFault(fault);
    return `${device}: ${fault ?? 'works'}`;
  }

  async function fault(words: readonly string[]): Promise<string> {
    const [device, name] = words.length === 1 && names.length === 1 ? [names[0], words[0]] : words;
    if (name === 'none') return setFault(device, undefined);
    if (name !== undefined && isFaultName(name)) return setFault(device, name);
    return `there is no fault "${name ?? ''}"; there is none, ${faultNames.join(', ')}`;
  }

  function devices(): string {
    return names
      .map((name) => JSON.stringify({ device: name, fault: rig.devices[name]?.fault ?? null }))
      .join('\n');
  }

  function press(button: string | undefined): string {
    const act = button === undefined ? undefined : rig.buttons[button];
    if (!act)
      return `there is no button "${button ?? ''}"; there is ${Object.keys(rig.buttons).join(', ') || 'none'}`;
    act();
    return `${button}: pressed`;
  }

  function air(moment: string | undefined): string {
    const time = moment === undefined ? rig.clock.now() : Date.parse(moment);
    if (Number.isNaN(time))
      return `"${moment}" is no time; expected one such as ${new Date(rig.clock.now()).toISOString()}`;
    return JSON.stringify({ time: new Date(time).toISOString(), ...rig.environment.at(time) });
  }

  return async (line) => {
    const [command = '', ...words] = line.trim().split(/\s+/);
    switch (command) {
      case 'devices':
        return devices();
      case 'fault':
        return fault(words);
      case 'unplug':
        return setFault(words[0] ?? names[0], 'unplugged');
      case 'plug':
        return setFault(words[0] ?? names[0], undefined);
      case 'press':
        return press(words[0]);
      case 'air':
        return air(words[0]);
      default:
        return help;
    }
  };
}

const help = `devices              what there is, and what is wrong with it
unplug DEVICE        pull its cable
plug DEVICE          plug it in again
fault DEVICE NAME    make it fail in one way; none ends it
press BUTTON         press and release
air [TIME]           what the simulated air is, or was, like
faults: ${faultNames.map((name) => `\n  ${name.padEnd(14)}${faults[name].about}`).join('')}`;

/** Reads a stream's lines for a console; each answer is given to `say`. */
export function readLines(
  input: NodeJS.ReadableStream,
  console: RigConsole,
  say: (text: string) => void,
): Cancel {
  let held = '';
  async function take(chunk: string | Buffer): Promise<void> {
    const lines = (held + chunk.toString()).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) if (line.trim()) say(await console(line));
  }
  input.on('data', take);
  return () => void input.off('data', take);
}
