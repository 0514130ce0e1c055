import { between, chance, mulberry32, pick, type Random } from '../differential/random.js'
import { ask } from './ask.js'
import { makeDraft } from './drafts.js'
import { judge } from './judge.js'
import { mutationNames, mutations, randomSent } from './mutations.js'
import { NOW, sceneGate } from './scene.js'
import { copyOf, type Sent } from './sent.js'
import { shrink } from './shrink.js'
import { type SigningKind, signDraft } from './sign.js'

/** A made request, and how it came about. */
export interface Made {
  readonly sent: Sent
  readonly kind: SigningKind | 'random'
  /** Names of what was done before it was signed, and of what was done after. */
  readonly before: readonly string[]
  readonly after: readonly string[]
}

export interface Finding {
  readonly law: string
  /** The smallest request that shows it. */
  readonly sent: Sent
  /** How the first one came about. */
  readonly made: Made
}

export interface Tally {
  requests: number
  /** `permitted`, or the code of the refusal. */
  readonly outcomes: Map<string, number>
  readonly kinds: Map<string, number>
  readonly mutations: Map<string, number>
  readonly operations: Map<string, number>
  /** Permitted requests by how they were signed. */
  readonly permitted: Map<string, number>
  /** Bodies handed on to their end, and those that broke off. */
  delivered: number
  brokenOff: number
  /** The longest that one request has taken, its body included; milliseconds. */
  slowest: number
  slowestSent: Sent | undefined
  readonly findings: Finding[]
}

export interface RunOptions {
  readonly requests: number
  readonly seed: number
  readonly onProgress?: (done: number) => void
}

/** Longer than any request can take on a machine that does other things too. */
const MOST_MILLISECONDS = 2000
const MOST_FINDINGS = 5
const PROGRESS_EVERY = 1000

/** How a request of this kind may not be refused, if nobody has touched it since it was signed. */
const signatureCodes: ReadonlySet<string> = new Set([
  'AuthorizationHeaderMalformed',
  'AuthorizationQueryParametersError',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
  'XAmzContentSHA256Mismatch',
  'IncompleteBody',
])

export function makeRequest(random: Random): Made {
  if (chance(random, 0.03)) return { sent: randomSent(random, NOW), kind: 'random', before: [], after: [] }
  const draft = makeDraft(random)
  const before = chance(random, 0.3) ? mutate(random, draft, between(random, 1, 2)) : []
  const { sent, kind } = signDraft(random, draft)
  // Few requests in chunks get as far as their body if much else was done to them.
  if (kind.includes('chunks') && chance(random, 0.4)) return { sent, kind, before, after: mutate(random, sent, 1, bodyMutations) }
  const after = chance(random, 0.5) ? mutate(random, sent, between(random, 1, 3)) : []
  return { sent, kind, before, after }
}

const bodyMutations = mutationNames.filter((name) => name.startsWith('body: '))

function mutate(random: Random, sent: Sent, count: number, names: readonly string[] = mutationNames): string[] {
  return Array.from({ length: count }, () => {
    const name = pick(random, names)
    mutations[name]?.(random, sent)
    return name
  })
}

/** Makes requests from a seed, asks the gate about each, and judges its answers. Stops after a few findings. */
export async function run({ requests, seed, onProgress }: RunOptions): Promise<Tally> {
  const random = mulberry32(seed)
  const gate = sceneGate()
  const tally: Tally = {
    requests: 0,
    outcomes: new Map(),
    kinds: new Map(),
    mutations: new Map(),
    operations: new Map(),
    permitted: new Map(),
    delivered: 0,
    brokenOff: 0,
    slowest: 0,
    slowestSent: undefined,
    findings: [],
  }
  const lawOf = async (sent: Sent): Promise<string | undefined> => {
    try {
      return judge(sent, await ask(gate, sent, mulberry32(seed)))
    } catch (error) {
      return `never fails: ${error instanceof Error ? error.stack : String(error)}`
    }
  }
  while (tally.requests < requests && tally.findings.length < MOST_FINDINGS) {
    const made = makeRequest(random)
    const law = await askAndCount(made)
    if (law !== undefined && !tally.findings.some((finding) => nameOf(finding.law) === nameOf(law))) {
      const sent = await shrink(made.sent, async (smaller) => nameOf((await lawOf(smaller)) ?? '') === nameOf(law))
      tally.findings.push({ law: (await lawOf(sent)) ?? law, sent, made })
    }
    if (++tally.requests % PROGRESS_EVERY === 0) onProgress?.(tally.requests)
  }
  return tally

  async function askAndCount(made: Made): Promise<string | undefined> {
    const start = performance.now()
    try {
      const answer = await ask(gate, made.sent, random)
      const took = performance.now() - start
      if (took > tally.slowest) Object.assign(tally, { slowest: took, slowestSent: copyOf(made.sent) })
      count(tally, made, answer)
      if (took > MOST_MILLISECONDS) return `bounded: took ${took} ms`
      return judge(made.sent, answer) ?? wronglyRefused(made, answer)
    } catch (error) {
      return `never fails: ${error instanceof Error ? error.stack : String(error)}`
    }
  }
}

const nameOf = (law: string): string => law.split(':')[0] as string

type Answer = Awaited<ReturnType<typeof ask>>

function wronglyRefused({ kind, before, after }: Made, { outcome }: Answer): string | undefined {
  if (before.length + after.length > 0 || kind === 'anonymous' || kind === 'random' || outcome.kind === 'permitted') return undefined
  return signatureCodes.has(outcome.error.code) ? `taken: ${outcome.error.code} for a request that was signed rightly` : undefined
}

function count(tally: Tally, { kind, before, after }: Made, { outcome, delivered }: Answer): void {
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)
  add(tally.kinds, kind)
  add(tally.outcomes, outcome.kind === 'permitted' ? 'permitted' : outcome.error.code)
  for (const name of before.length + after.length === 0 ? ['none'] : [...before, ...after]) add(tally.mutations, name)
  if (outcome.kind !== 'permitted') return
  add(
    tally.permitted,
    `${kind}, ${after.length > 0 ? 'changed afterwards' : before.length > 0 ? 'hostile when signed' : 'as it should be'}`,
  )
  add(tally.operations, outcome.request.operation.name)
  if (delivered === undefined) tally.brokenOff++
  else tally.delivered++
}
