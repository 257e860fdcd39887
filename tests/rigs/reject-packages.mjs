/** Runs in Node's thread of module hooks: the packages it is told of cannot be found. */

let missing = [];

export function initialize(packages) {
  missing = packages;
}

export async function resolve(specifier, context, next) {
  if (!missing.includes(specifier)) return next(specifier, context);
  throw Object.assign(new Error(`Cannot find package '${specifier}' (a test hides it)`), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
}
