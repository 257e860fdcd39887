import type { PoweredTwin, SerialTwin, Surroundings } from '../contract.js';
import { firmataI2c } from './firmata-i2c.js';
import { firmata, firmataParser, sysex, sysexMessage, toText } from './firmata-messages.js';
import { firmataPins } from './firmata-pins.js';
import type { I2cPart } from './i2c.js';

const protocol = [2, 5] as const;
const firmware = 'StandardFirmata.ino';

/** The bootloader first waits for a new program and takes notice of nothing else. */
const bootTime = 300;

/** StandardFirmata on an Arduino Uno, with these chips on its I2C bus. */
export function firmataBoard(model: string, parts: readonly I2cPart[]): SerialTwin {
  return { model, line: { baudRate: 57_600 }, powerUp: (surroundings) => powerUp(parts, surroundings) };
}

function powerUp(parts: readonly I2cPart[], { air, clock, send }: Surroundings): PoweredTwin {
  const chips = new Map(parts.map((part) => [part.address, part.powerUp({ air, clock })]));
  const pins = firmataPins(send);
  const i2c = firmataI2c(chips, clock, send);
  let isBooted = false;

  const sendVersion = () => send(Uint8Array.of(firmata.version, ...protocol));
  const sendFirmware = () => send(sysexMessage(sysex.firmware, [...protocol, ...toText(firmware)]));

  const parse = firmataParser({
    onCommand(command, channel, data) {
      if (command === firmata.version) sendVersion();
      if (command === firmata.reset) {
        pins.reset();
        i2c.reset();
      }
      pins.onCommand(command, channel, data);
    },
    onSysex(command, data) {
      if (command === sysex.firmware) sendFirmware();
      pins.onSysex(command, data);
      i2c.onSysex(command, data);
    },
  });
  const cancelBoot = clock.after(bootTime, () => {
    isBooted = true;
    sendVersion();
    sendFirmware();
  });

  return {
    receive(bytes) {
      if (isBooted) parse(bytes);
    },
    powerDown() {
      isBooted = false;
      cancelBoot();
      i2c.powerDown();
    },
  };
}
