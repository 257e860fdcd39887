/** What the kiosk was asked to show, and how. */
export interface Invocation {
  home: URL;
  /** `kiosk`: the whole screen, with no way out; `window`: on a desk, where it can be closed. */
  frame: Frame;
}

export type Frame = 'kiosk' | 'window';

export const defaultHome = 'http://127.0.0.1:8080/';
export const homeVariable = 'USHELTER_KIOSK_URL';

/** Reads `--url ADDRESS` (else the environment, else the default) and `--windowed`. */
export function readInvocation(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Invocation | { complaint: string } {
  const given = option(args, '--url') ?? environment[homeVariable] ?? defaultHome;
  const home = parseAddress(given);
  if (home) return { home, frame: args.includes('--windowed') ? 'window' : 'kiosk' };
  return {
    complaint: `"${given}" is not an address that the kiosk can show; expected one such as ${defaultHome}`,
  };
}

/** The same as arguments again. */
export function writeInvocation({ home, frame }: Invocation): string[] {
  return [`--url=${home.href}`, ...(frame === 'window' ? ['--windowed'] : [])];
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
