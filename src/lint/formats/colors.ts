/** What makes text coloured for a terminal, such as picocolors. */
export interface ColorFunctions {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly magenta: (text: string) => string
  readonly cyan: (text: string) => string
}

const plain = (text: string): string => text

export const noColors: ColorFunctions = { bold: plain, dim: plain, red: plain, yellow: plain, magenta: plain, cyan: plain }
