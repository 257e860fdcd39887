import type { Graphics } from './engine.js';

/** What the kiosk was asked to show, and how. */
export interface Invocation {
  /** Where the page is, unless the runtime says otherwise. */
  home: URL;
  /** The file by which the runtime is found and known; without it nothing is reported. */
  access: string | undefined;
  /** `kiosk`: the whole screen, with no way out; `window`: on a desk, where it can be closed. */
  frame: Frame;
  graphics: Graphics;
}

export type Frame = 'kiosk' | 'window';

export const defaultHome = 'http://127.0.0.1:8080/';
export const homeVariable = 'USHELTER_KIOSK_URL';

/** Reads `--url ADDRESS` (else the environment, else the default), `--access FILE`, `--windowed`, `--without-gpu`. */
export function readInvocation(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Invocation | { complaint: string } {
  const given = option(args, '--url') ?? environment[homeVariable] ?? defaultHome;
  const home = parseAddress(given);
  if (!home) {
    return {
      complaint: `"${given}" is not an address that the kiosk can show; expected one such as ${defaultHome}`,
    };
  }
  return {
    home,
    access: option(args, '--access'),
    frame: args.includes('--windowed') ? 'window' : 'kiosk',
    graphics: args.includes('--without-gpu') ? 'software' : 'gpu',
  };
}

/** The same as arguments again. */
export function writeInvocation({ home, access, frame, graphics }: Invocation): string[] {
  return [
    `--url=${home.href}`,
    ...(access === undefined ? [] : [`--access=${access}`]),
    ...(frame === 'window' ? ['--windowed'] : []),
    ...(graphics === 'software' ? ['--without-gpu'] : []),
  ];
}

function option(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  if (index < 0) return undefined;
  return args[index] === name ? (args[index + 1] ?? '') : args[index]?.slice(name.length + 1);
}

function parseAddress(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}
