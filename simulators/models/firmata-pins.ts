import { firmata, sysex, sysexMessage, toText } from './firmata-messages.js';

/** The pins of an Arduino Uno under StandardFirmata. Nothing is wired to them but the I2C bus. */

const mode = { input: 0, output: 1, analog: 2, pwm: 3, servo: 4, i2c: 6, pullUp: 11 } as const;

const digital = { [mode.input]: 1, [mode.output]: 1, [mode.pullUp]: 1, [mode.servo]: 14 };
const withPwm = { ...digital, [mode.pwm]: 8 };
const analog = { ...digital, [mode.analog]: 10 };
const i2c = { ...analog, [mode.i2c]: 1 };

/** What each pin can do: modes, each with its resolution in bits. The first two carry the serial line. */
const capabilities: readonly Readonly<Record<number, number>>[] = [
  ...[{}, {}],
  ...[
    digital,
    withPwm,
    digital,
    withPwm,
    withPwm,
    digital,
    digital,
    withPwm,
    withPwm,
    withPwm,
    digital,
    digital,
  ],
  ...[analog, analog, analog, analog, i2c, i2c],
];

const firstAnalogPin = 14;
const noAnalogChannel = 0x7f;
const pinsPerPort = 8;

export interface FirmataPins {
  /** To the state after power-up. */
  reset(): void;
  onCommand(command: number, channel: number, data: readonly number[]): void;
  onSysex(command: number, data: readonly number[]): void;
}

export function firmataPins(send: (message: Uint8Array) => void): FirmataPins {
  let pins = pinsAfterReset();
  let reportedPorts = new Map<number, number>();

  function setMode(number: number, wanted: number): void {
    const pin = pins[number];
    if (!pin) return;
    if (capabilities[number]?.[wanted] === undefined) {
      send(sysexMessage(sysex.string, toText('Unknown pin mode')));
      return;
    }
    pin.mode = wanted;
    pin.state = wanted === mode.pullUp ? 1 : 0;
  }

  function write(number: number, level: number): void {
    const pin = pins[number];
    if (pin && (pin.mode === mode.output || pin.mode === mode.input)) pin.state = level;
  }

  /** What the inputs of a port read: 1 only where a pull-up holds them. */
  function levels(port: number): number {
    const ofPort = pins.slice(port * pinsPerPort, (port + 1) * pinsPerPort);
    return ofPort.reduce((bits, pin, bit) => bits | (pin.mode === mode.pullUp ? 1 << bit : 0), 0);
  }

  function report(port: number): void {
    const now = levels(port);
    reportedPorts.set(port, now);
    send(Uint8Array.of(firmata.digital | port, now & 0x7f, now >> 7));
  }

  return {
    reset() {
      pins = pinsAfterReset();
      reportedPorts = new Map();
    },
    onCommand(command, channel, [first = 0, second = 0]) {
      if (command === firmata.pinMode) setMode(first, second);
      if (command === firmata.pinValue) write(first, second);
      if (command === firmata.digital) {
        const bits = first | (second << 7);
        for (let bit = 0; bit < pinsPerPort; bit++) write(channel * pinsPerPort + bit, (bits >> bit) & 1);
      }
      if (command === firmata.reportDigital && channel * pinsPerPort < pins.length) {
        if (first === 0) reportedPorts.delete(channel);
        else report(channel);
      }
      for (const [port, before] of reportedPorts) if (levels(port) !== before) report(port);
    },
    onSysex(command, [number = 0]) {
      if (command === sysex.capabilityQuery) send(capabilityAnswer());
      if (command === sysex.analogMappingQuery) send(analogMappingAnswer());
      const pin = pins[number];
      if (command === sysex.pinStateQuery && pin) {
        send(sysexMessage(sysex.pinState, [number, pin.mode, pin.state]));
      }
    },
  };
}

function pinsAfterReset(): { mode: number; state: number }[] {
  return capabilities.map((_, number) => ({
    mode: number < firstAnalogPin ? mode.output : mode.analog,
    state: 0,
  }));
}

function capabilityAnswer(): Uint8Array {
  const ofPins = capabilities.map((modes) => [
    ...Object.entries(modes).flatMap(([each, bits]) => [Number(each), bits]),
    0x7f,
  ]);
  return sysexMessage(sysex.capabilities, ofPins.flat());
}

function analogMappingAnswer(): Uint8Array {
  const channels = capabilities.map((_, number) =>
    number < firstAnalogPin ? noAnalogChannel : number - firstAnalogPin,
  );
  return sysexMessage(sysex.analogMapping, channels);
}
