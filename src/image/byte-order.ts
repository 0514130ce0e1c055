/** Whether this machine writes the lowest byte of a word first, as images do. */
export const isLittleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1
