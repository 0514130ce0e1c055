import type { IncrementalHash } from './hashing.js'

/** CRC-32 as zip and Ethernet have it. */
export function crc32(): IncrementalHash {
  return crc(CRC32)
}

/** CRC-32C (Castagnoli), as iSCSI has it. */
export function crc32c(): IncrementalHash {
  return crc(CRC32C)
}

function crc(table: Uint32Array): IncrementalHash {
  let state = 0xffffffff
  return {
    update(data) {
      let crc = state
      for (let i = 0; i < data.length; i++) crc = (crc >>> 8) ^ (table[(crc ^ (data[i] as number)) & 0xff] as number)
      state = crc
    },
    digest() {
      const value = ~state
      return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
    },
  }
}

/** @param polynomial reflected */
function tableOf(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1
    return value
  })
}

const CRC32 = tableOf(0xedb88320)
const CRC32C = tableOf(0x82f63b78)
