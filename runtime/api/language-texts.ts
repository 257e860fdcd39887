import { z } from 'zod';

/** A text in one language or more. Of what is not to be seen it may hold line breaks alone. */
export function languageTexts(most: number) {
  return z
    .record(
      z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/),
      z
        .string()
        .min(1)
        .max(most)
        .regex(/^[^\p{Cc}\p{Co}\p{Cs}]*(\n[^\p{Cc}\p{Co}\p{Cs}]*)*$/u),
    )
    .refine((languages) => Object.keys(languages).length > 0 && Object.keys(languages).length <= 16)
    .describe('By language tag.');
}
