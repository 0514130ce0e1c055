import type { IncomingMessage } from 'node:http'

/** How much of a refused body is passed over, and for how long. */
const MAX_BYTES = 16 * 1024 * 1024
const MAX_MILLISECONDS = 3_000

/**
 * Passes over what a refused client is still sending, up to a limit, before the connection is closed: whoever closes while bytes arrive resets the
 * connection, and the client never reads why it was refused.
 */
export function linger(message: IncomingMessage): Promise<void> {
  if (message.destroyed || message.readableEnded) return Promise.resolve()
  return new Promise((resolve) => {
    let left = MAX_BYTES
    const timer = setTimeout(resolve, MAX_MILLISECONDS)
    const end = (): void => {
      clearTimeout(timer)
      resolve()
    }
    message.on('data', (piece: Uint8Array) => {
      left -= piece.length
      if (left < 0) end()
    })
    for (const event of ['end', 'close', 'error']) message.on(event, end)
    message.resume()
  })
}
