type Work = () => unknown;

const works = { test: [] as Work[], file: [] as Work[] };

/** Has something done once the test has ended. */
export function afterTest(work: Work): void {
  works.test.push(work);
}

/** Has something done once all tests of the file have ended. */
export function afterFile(work: Work): void {
  works.file.push(work);
}

/** Does all of it, the last first. */
export async function cleanUpAfter(what: keyof typeof works): Promise<void> {
  for (const work of works[what].splice(0).reverse()) await work();
}
