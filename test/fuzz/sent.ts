/** A request as bytes and headers, before anybody has read anything of it. Generators change it in place. */
export interface Sent {
  method: string
  /** One character a byte, as are the headers' values. */
  target: string
  headers: [name: string, value: string][]
  body: Uint8Array
  /** The server's clock when it arrives. */
  time: number
  /** Whether it came over TLS. */
  secure: boolean
}

export function copyOf(sent: Sent): Sent {
  return { ...sent, headers: sent.headers.map(([name, value]) => [name, value]) }
}

/** All values of a header, whatever its spelling. @param name in lower case */
export function valuesOf({ headers }: Pick<Sent, 'headers'>, name: string): string[] {
  return headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value)
}

/** On one line each, with what cannot be printed escaped. */
export function showSent({ method, target, headers, body, time, secure }: Sent): string {
  const shown = Buffer.from(body.subarray(0, 2048)).toString('latin1')
  return [
    `${JSON.stringify(method)} ${JSON.stringify(target.slice(0, 4096))}${target.length > 4096 ? ` … ${target.length} characters` : ''}`,
    ...headers.slice(0, 40).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value.slice(0, 1024))}`),
    ...(headers.length > 40 ? [`  … ${headers.length} headers`] : []),
    `  body of ${body.length} bytes: ${JSON.stringify(shown)}`,
    `  at ${new Date(time).toISOString()}, ${secure ? 'over' : 'without'} TLS`,
  ].join('\n')
}
