/** What a piece of work took, in seconds; `cpu` is that of all threads of this process. */
export interface Effort {
  seconds: number;
  cpu: number;
}

export async function effortOf(work: () => Promise<void>): Promise<Effort> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1_000, cpu: (user + system) / 1e6 };
}
