import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import { nodeHashing } from '../src/adapters/node-hashing.js'
import { fresh } from '../src/benchmark/fresh.js'
import { type Contender, ratioOf, type Timing, timePairs } from '../src/benchmark/paired.js'
import { single, spreadOf } from '../src/benchmark/spread.js'
import { Authorizer } from '../src/index.js'
import {
  type Authentication,
  createGate,
  type HttpRequest,
  type Outcome,
  planRequest,
  type RequestFacts,
  type RequestPlan,
  routeRequest,
  type S3Error,
  SigningKeyCache,
  verifySignature,
} from '../src/s3.js'
import { signingKeyOf } from '../test/fuzz/oracle.js'
import { clock, progressOf } from './clock.js'
import { inTurn } from './questions.js'
import { type Measurement, report } from './result.js'
import { ACCESS_KEY, BUCKET, clients, freshWire, headerListOf, NOW, SECRET, type TrafficRequest } from './s3-traffic.js'

/**
 * What a request over HTTP costs before it is decided: its signature and its mapping, as multiples of the hashing that no verifier can do
 * without, which is one SHA-256 of its canonical request and one HMAC-SHA-256 of its string to sign. Every signature of every round is
 * compared with what another implementation has signed, every question with what the request was made for.
 */
const OPERATIONS = 200
const ROUNDS = 80
const WARM_UP = 30
const POOL = 2000

const addressing = { baseDomains: ['s3.example.com'] }
const secrets = { secretsFor: (accessKey: string): readonly string[] => (accessKey === ACCESS_KEY ? [SECRET] : []) }
const cache = new SigningKeyCache()
const facts: RequestFacts = {
  principal: { kind: 'key', accessKey: ACCESS_KEY },
  time: NOW,
  authType: 'REST-HEADER',
  signatureVersion: 'AWS4-HMAC-SHA256',
  signedAt: NOW,
  contentSha256: 'UNSIGNED-PAYLOAD',
  sourceIp: '203.0.113.7',
  secureTransport: true,
}
const authorizer = Authorizer.from({
  buckets: [{ name: BUCKET, owner: '111122223333' }],
  keys: [{ accessKey: ACCESS_KEY, account: '111122223333', grants: [{ bucket: BUCKET, permission: 'readwrite' }] }],
})
const gate = createGate({ authorizer, secrets, hashing: nodeHashing, addressing })

type Source = (count: number) => readonly TrafficRequest[]

const each = clients.map(({ name, make }) => ({ name, source: inTurn(Array.from({ length: POOL / clients.length }, make)) }))
const mix: Source = (count) => Array.from({ length: count / each.length }, () => each.flatMap(({ source }) => source(1))).flat()

const verified = (name: string, source: Source) =>
  contender(name, source, requestOf, (request) => verifySignature(request, { secrets, hashing: nodeHashing, cache, time: NOW }), isVerified)
const mapped = (name: string, source: Source) => contender(name, source, requestOf, map, isMapped)

const [verification, withList, withoutList] = time('the mix', mix, [
  verified('verification', mix),
  contender(
    'mapping, reading the header list included',
    mix,
    freshWireOf,
    (wire) => map({ method: wire.method, target: wire.target, headers: headerListOf(wire) }),
    isMapped,
  ),
  mapped('mapping, the header list there', mix),
])
const ofKinds = each.flatMap(({ name, source }) => {
  const [verification, mapping] = time(name, source, [
    verified(`verification: ${name}`, source),
    mapped(`mapping, the header list there: ${name}`, source),
  ])
  return [measured(`verification ${name}`, verification), measured(`mapping ${name}`, mapping)]
})
const floorNanoseconds = spreadOf((verification as Timing).baseline)
const FLOOR = 'the floor: one SHA-256 of the canonical request, one HMAC-SHA-256 of the string to sign'
report('http', [
  { id: 'floor', what: FLOOR, unit: '× floor', value: single(1), nanoseconds: floorNanoseconds },
  measured('verification', verification),
  measured('mapping', withList),
  measured('mapping without list', withoutList),
  ...ofKinds,
  await timeGate(),
])

function time(what: string, source: Source, contenders: readonly AnyContender[]): readonly Timing[] {
  const onRound = progressOf(ROUNDS + WARM_UP, what)
  return timePairs<unknown>(floor(source) as AnyContender, contenders, {
    clock,
    rounds: ROUNDS,
    warmUp: WARM_UP,
    onRound,
  })
}

function measured(id: string, timing: Timing | undefined): Measurement {
  if (timing === undefined) throw new Error(`${id} was not timed`)
  return { id, what: timing.name, unit: '× floor', value: ratioOf(timing), nanoseconds: spreadOf(timing.nanoseconds) }
}

// biome-ignore lint/suspicious/noExplicitAny: contenders of one table have inputs of several types, each of which only they see.
type AnyContender = Contender<any>

/**
 * The fastest way that Node 20 has: one call that hashes a text, and an HMAC with a key that was prepared before, both as hexadecimal text.
 * Both get their texts ready-made, in strings that nobody has read.
 */
function floor(source: Source): Contender<readonly (readonly [canonical: string, toSign: string])[]> {
  const key: KeyObject = createSecretKey(signingKeyOf(SECRET, new Date(NOW).toISOString().slice(0, 10).replaceAll('-', ''), 'us-east-1'))
  const expected: TrafficRequest[] = []
  const hashes: string[] = []
  const signatures: string[] = []
  return {
    name: 'floor',
    operations: OPERATIONS,
    prepare: () => {
      expected.splice(0, expected.length, ...source(OPERATIONS))
      return expected.map(({ canonical, toSign }) => [fresh(canonical), fresh(toSign)] as const)
    },
    run: (texts) => {
      for (let i = 0; i < texts.length; i++) {
        const [canonical, toSign] = texts[i] as readonly [string, string]
        hashes[i] = hash('sha256', canonical, 'hex')
        signatures[i] = createHmac('sha256', key).update(toSign).digest('hex')
      }
    },
    check: () => {
      for (const [i, { toSign, signature }] of expected.entries()) {
        if (signatures[i] !== signature || !toSign.endsWith(hashes[i] as string)) throw new Error('the floor hashes something else')
      }
    },
  }
}

/** Something that is done to requests one after the other, each made of strings that nobody has read. */
function contender<Input, Answer>(
  name: string,
  source: Source,
  prepare: (request: TrafficRequest) => Input,
  answer: (input: Input) => Answer,
  isRight: (answer: Awaited<Answer>, request: TrafficRequest) => boolean,
): Contender<readonly Input[]> {
  const expected: TrafficRequest[] = []
  const answers: Answer[] = []
  // V8 forgets the shapes of objects that are all garbage, and what it compiled for them. A gateway always has some requests at work.
  const alive: unknown[] = []
  return {
    name,
    operations: OPERATIONS,
    prepare: () => {
      expected.splice(0, expected.length, ...source(OPERATIONS))
      return expected.map(prepare)
    },
    run: (inputs) => {
      for (let i = 0; i < inputs.length; i++) answers[i] = answer(inputs[i] as Input)
    },
    check: () => {
      for (const [i, request] of expected.entries()) {
        if (!isRight(answers[i] as Awaited<Answer>, request)) throw new Error(`${name}: a wrong answer for ${JSON.stringify(request)}`)
      }
      alive.splice(0, alive.length, ...answers.splice(0))
    },
  }
}

function freshWireOf({ wire }: TrafficRequest) {
  return freshWire(wire)
}

function requestOf(request: TrafficRequest): HttpRequest {
  const wire = freshWireOf(request)
  return { method: wire.method, target: wire.target, headers: headerListOf(wire) }
}

function map(http: HttpRequest): RequestPlan | S3Error {
  const request = routeRequest(http, addressing)
  return request.kind === 'error' ? request : planRequest(request, facts)
}

function isVerified(answer: Authentication | S3Error, { signature }: TrafficRequest): boolean {
  if (answer.kind === 'error' || answer.accessKey !== ACCESS_KEY) return false
  return answer.body.kind !== 'chunks' || answer.body.seed?.signature === signature
}

function isMapped(plan: RequestPlan | S3Error, { action, key }: TrafficRequest): boolean {
  return plan.kind === 'plan' && plan.questions.length === 1 && plan.questions[0]?.action === action && plan.questions[0].key === key
}

/** The whole gate, from headers to decision, one request after the other: it answers with promises, which cost some of the time. */
async function timeGate(): Promise<Measurement> {
  const own = floor(mix)
  const [nanoseconds, baseline]: [number[], number[]] = [[], []]
  const onRound = progressOf(ROUNDS + WARM_UP, 'the whole gate')
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const texts = own.prepare()
    const requests = mix(OPERATIONS)
    const wires = requests.map(freshWireOf)
    const start = clock()
    own.run(texts)
    const between = clock()
    const outcomes: Outcome[] = []
    for (const wire of wires) {
      const http = { method: wire.method, target: wire.target, headers: headerListOf(wire) }
      outcomes.push(await gate.authorize({ http, time: NOW, connection: { sourceIp: '203.0.113.7', secureTransport: true } }))
    }
    const end = clock()
    own.check(texts)
    for (const outcome of outcomes) if (outcome.kind !== 'permitted') throw new Error(`the gate: ${outcome.error.code}`)
    if (round >= WARM_UP) {
      baseline.push((between - start) / OPERATIONS)
      nanoseconds.push((end - between) / OPERATIONS)
    }
    onRound(round + 1)
  }
  return measured('gate', { name: 'the whole gate, from the header list to the decision', nanoseconds, baseline })
}
