import type { IncrementalHash } from './hashing.js'

/** CRC-64/NVME, which newer clients of S3 send unless told otherwise. In two halves of 32 bits, which are numbers. */
export function crc64nvme(): IncrementalHash {
  let stateHigh = -1
  let stateLow = -1
  return {
    update(data) {
      let high = stateHigh
      let low = stateLow
      for (let i = 0; i < data.length; i++) {
        const row = (low ^ (data[i] as number)) & 0xff
        low = ((low >>> 8) | (high << 24)) ^ (LOW[row] as number)
        high = (high >>> 8) ^ (HIGH[row] as number)
      }
      stateHigh = high
      stateLow = low
    },
    digest() {
      const high = ~stateHigh
      const low = ~stateLow
      return Uint8Array.of(high >>> 24, high >>> 16, high >>> 8, high, low >>> 24, low >>> 16, low >>> 8, low)
    },
  }
}

/** The polynomial, reflected. */
const POLYNOMIAL_HIGH = 0x9a6c9329
const POLYNOMIAL_LOW = 0xac4bc9b5

const HIGH = new Uint32Array(256)
const LOW = new Uint32Array(256)

for (let byte = 0; byte < 256; byte++) {
  let high = 0
  let low = byte
  for (let bit = 0; bit < 8; bit++) {
    const isOdd = (low & 1) === 1
    low = (low >>> 1) | (high << 31)
    high >>>= 1
    if (isOdd) {
      low ^= POLYNOMIAL_LOW
      high ^= POLYNOMIAL_HIGH
    }
  }
  HIGH[byte] = high
  LOW[byte] = low
}
