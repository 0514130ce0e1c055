/** A change that takes one dimension or one special case away from the analyser. */
export interface Mutant {
  readonly name: string
  /** Under src/. */
  readonly file: string
  /** What it replaces: the first place where this stands. */
  readonly text: string
  readonly by: string
}

const analyze = (name: string, file: string, text: string, by: string): Mutant => ({ name, file: `analyze/${file}`, text, by })
const languages = (name: string, file: string, text: string, by: string): Mutant => ({ name, file: `languages/${file}`, text, by })

/** Each must fail some named test: what no test misses may just as well be wrong. */
export const mutants: readonly Mutant[] = [
  // Dimensions of a request.
  analyze('actions: all alike', 'action-classes.ts', 'if (alive.has(action)) addBit', 'if (!alive.has(action)) addBit'),
  analyze('actions: NotAction', 'action-classes.ts', 'named.has(action) === (Action !== undefined)', 'named.has(action)'),
  analyze('actions: kinds apart', 'action-classes.ts', '${bitsKey(bits)} ${action.kind} ', '${bitsKey(bits)} '),
  analyze('actions: rescues apart', 'action-classes.ts', ' ${rescues} ${creates}`', ' ${creates}`'),
  analyze('actions: creation apart', 'action-classes.ts', ' ${rescues} ${creates}`', ' ${rescues}`'),
  analyze('resource: no dimension', 'space.ts', 'return [{ clause: index, probes, isMet }]\n  }\n\n  keys()', 'return [{ clause: index, probes: [], isMet }]\n  }\n\n  keys()'),
  analyze('resource: of the bucket as of objects', 'space.ts', "space.resources[action.kind === 'object' ? 'object' : 'bucket']".replace('space.', 'space.'), "space.resources['object']"),
  analyze('time: no dimension', 'space.ts', 'chooseTimes(instants), demands', 'chooseTimes([]), demands'),
  analyze('operation: no dimension', 'space.ts', "dimensionOf('operation', [false, true]", "dimensionOf('operation', [false]"),
  analyze('condition keys: no dimension', 'key-dimension.ts', '[[], ...choice.values]', '[[], ...choice.values.slice(0, 1)]'),
  analyze('condition keys: never absent', 'key-dimension.ts', '[[], ...choice.values]', 'choice.values'),
]
