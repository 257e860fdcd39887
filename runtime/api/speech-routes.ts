import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ShelterError } from '../../config/errors.js';
import type { SpeechDesk } from '../speech/desk.js';
import { answer, busy, invalid, unable } from './answers.js';
import { failure } from './contract.js';
import { isFromHere } from './from-here.js';
import { speechParameters } from './speech.js';

const audio = z.unknown().meta({ type: 'string', format: 'binary' });

/** The voice is answered to the device itself alone: elsewhere people have their own, and this one is slow. */
export function addSpeechRoutes(plain: FastifyInstance, desk: Pick<SpeechDesk, 'say'>): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/api/v1/speech',
    {
      onRequest: async (request) => {
        if (!isFromHere(request)) {
          throw new ShelterError('SPEECH_ELSEWHERE', 'the voice speaks for the screen of this device alone');
        }
      },
      schema: {
        operationId: 'speech',
        tags: ['About the stop'],
        summary: 'A text, spoken',
        description:
          'Units, times and signs are said in words. What was spoken before comes from a cache of bounded size; ' +
          'otherwise one text is made at a time, at most 120 a minute. Only the device itself is answered.',
        querystring: speechParameters,
        response: {
          200: answer('The sound.', audio, 'audio/wav'),
          400: invalid,
          403: answer('It was not asked by this device.', failure),
          429: answer('Too many texts; `retry-after` says when to ask again.', failure),
          500: unable,
          501: answer('No voice is installed here for that language.', failure),
          503: busy,
        },
      },
    },
    async (request, reply) => {
      const { text, language } = request.query;
      const spoken = await desk.say(text, language);
      return reply.header('cache-control', 'private, max-age=3600').type('audio/wav').send(spoken);
    },
  );
}
