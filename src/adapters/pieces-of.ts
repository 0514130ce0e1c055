/** What a stream brings, to be read with `for await`: not every platform's streams can. Whoever stops early cancels it. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    giveUp(reader)
  }
}

/** Cancels what has still to come, without waiting: of a request that was cloned, that would be until its twin is cancelled too. */
export function giveUp(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  reader.cancel().catch(ignore)
}

function ignore(): void {}
