import { createContext } from 'preact';
import type { Voice } from './voice.js';

/** The voice of the page; absent where nothing is spoken. */
export const VoiceContext = createContext<Voice | undefined>(undefined);
