/** Loaded with `node --import` before a program: to it, the packages named in WITHOUT_PACKAGES are not installed. */
import { register } from 'node:module';

register('./reject-packages.mjs', import.meta.url, { data: process.env.WITHOUT_PACKAGES?.split(',') ?? [] });
