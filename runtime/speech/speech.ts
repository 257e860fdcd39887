import type { Language } from '../../config/catalogue/languages.js';

/** Turns text into sound. */
export interface Speech {
  /** Sounds that differ for the same text and language come from voices of different names. */
  readonly voice: string;
  /** @returns a WAV file; rejects with SPEECH_UNAVAILABLE or SPEECH_FAILED */
  say(text: string, language: Language): Promise<Uint8Array>;
  /** Which of some languages it can speak on this machine; rejects with SPEECH_UNAVAILABLE where it can speak none. */
  among(wanted: readonly Language[]): Promise<readonly Language[]>;
}
