import { describe, expect, it } from 'vitest';
import { gpioDevice, type Machine } from '../../../drivers/bindings/dht-gpio.js';

const pi4: Machine = {
  compatible: 'raspberrypi,4-model-b\0brcm,bcm2711\0',
  cpuinfo: 'Model\t\t: Raspberry Pi 4 Model B Rev 1.4\n',
  isRoot: false,
  hasLibgpiod: false,
};
const pi5: Machine = {
  compatible: 'raspberrypi,5-model-b\0brcm,bcm2712\0',
  cpuinfo: 'Model\t\t: Raspberry Pi 5 Model B Rev 1.0\n',
  isRoot: false,
  hasLibgpiod: true,
};

describe('the device file through which a DHT is read', () => {
  it.each([
    { name: 'a Pi 4', machine: pi4, device: '/dev/gpiomem' },
    { name: 'a Pi 4, for root', machine: { ...pi4, isRoot: true }, device: '/dev/mem' },
    {
      name: 'a Pi 3',
      machine: { ...pi4, compatible: 'raspberrypi,3-model-b\0brcm,bcm2837\0' },
      device: '/dev/gpiomem',
    },
    { name: 'a Pi 5 with libgpiod', machine: pi5, device: '/dev/gpiochip0' },
  ])('of $name is $device', ({ machine, device }) => {
    expect(gpioDevice(machine)).toBe(device);
  });

  it.each([
    { name: 'a PC, whose memory it would write to', machine: { ...pi4, compatible: '', isRoot: true } },
    { name: 'another board', machine: { ...pi4, compatible: 'radxa,rock-4\0rockchip,rk3399\0' } },
    { name: 'a Pi 5 without libgpiod', machine: { ...pi5, hasLibgpiod: false } },
    {
      name: 'a Pi 5 that the native code takes for an older one',
      machine: { ...pi5, cpuinfo: 'Model\t\t: Raspberry Pi Compute Module 5 Rev 1.0\n' },
    },
  ])('does not exist on $name', ({ machine }) => {
    expect(() => gpioDevice(machine)).toThrow(expect.objectContaining({ code: 'GPIO_UNAVAILABLE' }));
  });
});
