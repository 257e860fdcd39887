import { describe, expect, it } from 'vitest';
import { createReader, type Readable } from '../../../../kiosk/ui/voice/reader.js';
import { firstThatSpeaks, type Sound } from '../../../../kiosk/ui/voice/sound.js';
import { fakeSound } from './fake-sound.js';

const sentence = (text: string, place: unknown = text, part = 0): Readable => ({
  text,
  lang: 'en',
  place,
  part,
});

function readerOf(...texts: string[]) {
  const screen = { sentences: texts.map((text) => sentence(text)), volume: 0.8, told: 0 };
  const sound = fakeSound();
  const reader = createReader<Readable>({
    read: () => screen.sentences,
    sound,
    volume: () => screen.volume,
    onSaid: () => {
      screen.told += 1;
    },
  });
  return { reader, sound, screen };
}

describe('What is on the screen', () => {
  it('is read one sentence after the other, and the next one is made ready meanwhile', async () => {
    const { reader, sound, screen } = readerOf('one', 'two', 'three');
    reader.start();
    expect(reader.current.value?.text).toBe('one');
    expect(sound.prepared).toEqual(['two']);
    await sound.finish();
    await sound.finish();
    expect(sound.said).toEqual(['one', 'two', 'three']);
    await sound.finish();
    expect(reader.reading.value).toBe('silent');
    expect(reader.current.value).toBeUndefined();
    expect(screen.told).toBe(3);
  });

  it('is read as it stands there by then', async () => {
    const { reader, sound, screen } = readerOf('title', '3 min', 'notice');
    reader.start();
    screen.sentences = [
      sentence('banner'),
      sentence('title'),
      sentence('2 min', '3 min'),
      sentence('notice'),
    ];
    await sound.finish();
    expect(reader.current.value?.text).toBe('2 min');
    screen.sentences = [sentence('title'), sentence('notice')];
    await sound.finish();
    expect(sound.said).toEqual(['title', '2 min']);
    expect(reader.reading.value).toBe('silent');
  });

  it('is read from where it is wanted', () => {
    const { reader, sound } = readerOf('header', 'main', 'more');
    reader.start(({ text }) => text === 'main');
    reader.previous();
    expect(sound.said).toEqual(['main', 'header']);
    reader.previous();
    expect(sound.said.at(-1)).toBe('header');
  });

  it('is skipped and gone back to by sentence, the last of them being the end', () => {
    const { reader, sound } = readerOf('one', 'two');
    reader.start();
    reader.next();
    reader.previous();
    reader.next();
    expect(sound.said).toEqual(['one', 'two', 'one', 'two']);
    reader.next();
    expect(reader.reading.value).toBe('silent');
    expect(sound.log).toEqual(['stop one', 'stop two', 'stop one', 'stop two']);
  });

  it('can be paused in the middle of a word and go on there', async () => {
    const { reader, sound } = readerOf('one', 'two');
    reader.start();
    reader.pause();
    expect(reader.reading.value).toBe('paused');
    reader.resume();
    expect(sound.log).toEqual(['pause one', 'resume one']);
    expect(reader.reading.value).toBe('speaking');
    await sound.finish();
    expect(sound.said).toEqual(['one', 'two']);
  });

  it('stays silent once it was stopped, whatever the voice says then', async () => {
    const { reader, sound } = readerOf('one', 'two');
    reader.start();
    reader.stop();
    await sound.finish();
    expect(sound.said).toEqual(['one']);
    expect(reader.reading.value).toBe('silent');
  });

  it('begins anew where nothing is being read', () => {
    const { reader, sound } = readerOf('one');
    reader.resume();
    expect(sound.said).toEqual(['one']);
  });

  it('is said to be mute where nobody has a voice for it', async () => {
    const { reader, sound } = readerOf('one', 'two');
    reader.start();
    await sound.fail();
    expect(reader.reading.value).toBe('mute');
    expect(sound.said).toEqual(['one']);
  });

  it('gives way to what is announced, and does not go on after that', async () => {
    const { reader, sound } = readerOf('one', 'two');
    reader.start();
    reader.announce({ text: 'Help, on', lang: 'en' });
    await sound.finish();
    expect(sound.said).toEqual(['one', 'Help, on']);
    expect(reader.reading.value).toBe('silent');
  });

  it('is as loud as is wanted by then, also in the middle of a sentence', () => {
    const { reader, sound, screen } = readerOf('one');
    reader.start();
    screen.volume = 0.4;
    reader.adjust();
    expect(sound.volumes).toEqual([0.8, 0.4]);
  });

  it('is nothing on an empty screen', () => {
    const { reader, sound } = readerOf();
    reader.start();
    reader.next();
    reader.previous();
    expect(sound.said).toEqual([]);
    expect(reader.reading.value).toBe('silent');
  });
});

describe('Of several voices', () => {
  const silent = (): Sound => ({
    say: () => ({
      done: Promise.reject(new Error('mute')),
      pause() {},
      resume() {},
      stop() {},
      setVolume() {},
    }),
    prepare() {},
  });

  it('the first that can speaks', async () => {
    const second = fakeSound();
    const saying = firstThatSpeaks(silent(), second).say({ text: 'one', lang: 'en' }, 0.5);
    await Promise.resolve();
    await Promise.resolve();
    await second.finish();
    await saying.done;
    expect(second.said).toEqual(['one']);
  });

  it('none may be left: then that is said', async () => {
    const saying = firstThatSpeaks(silent(), silent()).say({ text: 'one', lang: 'sw' }, 0.5);
    await expect(saying.done).rejects.toThrow('nothing here speaks "sw"');
  });

  it('the second says nothing any more once it was stopped', async () => {
    const second = fakeSound();
    const saying = firstThatSpeaks(silent(), second).say({ text: 'one', lang: 'en' }, 0.5);
    saying.stop();
    await saying.done;
    expect(second.said).toEqual([]);
  });
});
