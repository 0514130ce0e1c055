/** Something that runs until it is stopped. Stopping twice does no harm. */
export interface Service {
  stop(): Promise<void>
}

/** Stops them one after the other, the last started first, all of them even if one fails. */
export async function stopAll(services: readonly Service[]): Promise<void> {
  const failures: unknown[] = []
  for (const service of [...services].reverse()) await service.stop().catch((error: unknown) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, 'not everything could be stopped')
}
