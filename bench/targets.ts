/** What deciding, compiling, reading requests and answering proxies are held to. */
export interface Target {
  /** That of the measurement. */
  readonly id: string
  readonly what: string
  /** How much it may be; or how little. */
  readonly limit: { readonly most: number } | { readonly least: number }
  readonly unit: string
  /** The subject that measures it. */
  readonly subject: string
  /** The ids of several measurements begin with the target's, and the worst of them counts. */
  readonly isWorstOfSeveral?: true
}

const GATEWAY = '× the gateway alone without a policy'

export const targets: readonly Target[] = [
  { id: 'G1', what: 'decide, 1,000 keys × 3 grants', limit: { most: 1.5 }, unit: '× floor', subject: 'decide' },
  { id: 'P1', what: 'decide, policy of 20 statements (4.5 KB)', limit: { most: 1.7 }, unit: '× floor', subject: 'decide' },
  { id: 'P2', what: 'decide, policy of 200 statements (47 KB)', limit: { most: 2 }, unit: '× floor', subject: 'decide' },
  { id: 'P3', what: 'decide, policy of 2,000 statements (470 KB)', limit: { most: 3 }, unit: '× floor', subject: 'decide' },
  { id: 'P4', what: 'decide, policy of 20,000 statements (4.7 MB)', limit: { most: 5 }, unit: '× floor', subject: 'decide' },
  { id: 'G2', what: 'decide, 1,000,000 keys × 10 grants', limit: { most: 0.7 }, unit: '× floor of its size', subject: 'g2' },
  { id: 'G2 memory', what: 'memory, 1,000,000 keys × 10 grants', limit: { most: 16 }, unit: 'bytes a grant', subject: 'g2' },
  { id: 'G2 build', what: 'build from rows, 1,000,000 keys × 10 grants', limit: { most: 10 }, unit: 's', subject: 'g2' },
  { id: 'with p99', what: '`with`, p99 of 100,000 consecutive changes', limit: { most: 1 }, unit: 'ms', subject: 'g2' },
  { id: 'with decide', what: 'decide after these changes', limit: { most: 1.2 }, unit: '× a fresh build', subject: 'g2' },
  { id: 'with memory', what: 'memory after these changes', limit: { most: 1.1 }, unit: '× a fresh build', subject: 'g2' },
  {
    id: 'allocation',
    what: 'allocated by a decision, the most of G1 to P3',
    limit: { most: 0 },
    unit: 'bytes',
    subject: 'allocation',
    isWorstOfSeveral: true,
  },
  {
    id: 'compile 20 KB',
    what: 'compile a policy of 20 KB, text to program',
    limit: { most: 20 },
    unit: '× JSON.parse',
    subject: 'compile',
  },
  {
    id: 'compile growth',
    what: 'compile, growth from 20 KB to 4.7 MB (1 is linear, 2 quadratic)',
    limit: { most: 1.1 },
    unit: 'power',
    subject: 'compile',
  },
  {
    id: 'hostile',
    what: 'hostile patterns, growth with the key (1 is linear, 2 quadratic)',
    limit: { most: 1.1 },
    unit: 'power',
    subject: 'hostile',
  },
  { id: 'image', what: 'open an image of P4', limit: { most: 0.1 }, unit: '× compiling it', subject: 'image' },
  {
    id: 'verification',
    what: 'verify signatures, 4 kinds of requests mixed, signing keys in the cache',
    limit: { most: 4 },
    unit: '× one SHA-256 and one HMAC',
    subject: 'http',
  },
  {
    id: 'mapping',
    what: 'header list, routing and planning, the same requests',
    limit: { most: 0.5 },
    unit: '× one SHA-256 and one HMAC',
    subject: 'http',
  },
  {
    id: 'forward-auth grantree',
    what: 'requests/s of Ceph RGW behind nginx and grantree, the least of policies of 0, 20 and 200 statements',
    limit: { least: 0.75 },
    unit: GATEWAY,
    subject: 'forward-auth',
    isWorstOfSeveral: true,
  },
]
