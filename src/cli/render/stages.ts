import type { KeyStages, PolicyStages } from '../../compile/stages.js'

/** A stage of the way from a policy or access keys to a program. */
export type Stage = keyof PolicyStages | keyof KeyStages

/** What there is to show of a stage; a policy or the keys may not have it. */
export interface StageRow {
  readonly policy?: (made: PolicyStages) => object
  readonly keys?: (made: KeyStages) => object
}

/** In the order of the way. */
export const stages: Readonly<Record<Stage, StageRow>> = {
  normalise: { policy: ({ normalise }) => normalise },
  grants: { keys: ({ grants }) => grants },
  number: { policy: ({ number }) => number },
  index: { policy: ({ index }) => index },
  layout: { policy: ({ layout }) => listed(layout), keys: ({ layout }) => listed(layout) },
}

/** JSON has lists; of an Int32Array it would make an object. */
function listed({ words, strings }: { readonly words: Int32Array; readonly strings: readonly string[] }): object {
  return { words: [...words], strings }
}
