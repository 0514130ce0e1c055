/** What deciding, compiling and reading requests are held to. */
export interface Target {
  /** That of the measurement. */
  readonly id: string
  readonly what: string
  readonly most: number
  readonly unit: string
  /** The subject that measures it. */
  readonly subject: string
  /** The ids of several measurements begin with the target's, and the worst of them counts. */
  readonly isWorstOfSeveral?: true
}

export const targets: readonly Target[] = [
  { id: 'G1', what: 'decide, 1,000 keys × 3 grants', most: 1.5, unit: '× floor', subject: 'decide' },
  { id: 'P1', what: 'decide, policy of 20 statements (4.5 KB)', most: 1.7, unit: '× floor', subject: 'decide' },
  { id: 'P2', what: 'decide, policy of 200 statements (47 KB)', most: 2, unit: '× floor', subject: 'decide' },
  { id: 'P3', what: 'decide, policy of 2,000 statements (470 KB)', most: 3, unit: '× floor', subject: 'decide' },
  { id: 'P4', what: 'decide, policy of 20,000 statements (4.7 MB)', most: 5, unit: '× floor', subject: 'decide' },
  { id: 'G2', what: 'decide, 1,000,000 keys × 10 grants', most: 0.7, unit: '× floor of its size', subject: 'g2' },
  { id: 'G2 memory', what: 'memory, 1,000,000 keys × 10 grants', most: 16, unit: 'bytes a grant', subject: 'g2' },
  { id: 'G2 build', what: 'build from rows, 1,000,000 keys × 10 grants', most: 10, unit: 's', subject: 'g2' },
  { id: 'with p99', what: '`with`, p99 of 100,000 consecutive changes', most: 1, unit: 'ms', subject: 'g2' },
  { id: 'with decide', what: 'decide after these changes', most: 1.2, unit: '× a fresh build', subject: 'g2' },
  { id: 'with memory', what: 'memory after these changes', most: 1.1, unit: '× a fresh build', subject: 'g2' },
  {
    id: 'allocation',
    what: 'allocated by a decision, the most of G1 to P3',
    most: 0,
    unit: 'bytes',
    subject: 'allocation',
    isWorstOfSeveral: true,
  },
  { id: 'compile 20 KB', what: 'compile a policy of 20 KB, text to program', most: 20, unit: '× JSON.parse', subject: 'compile' },
  {
    id: 'compile growth',
    what: 'compile, growth from 20 KB to 4.7 MB (1 is linear, 2 quadratic)',
    most: 1.1,
    unit: 'power',
    subject: 'compile',
  },
  { id: 'hostile', what: 'hostile patterns, growth with the key (1 is linear, 2 quadratic)', most: 1.1, unit: 'power', subject: 'hostile' },
  { id: 'image', what: 'open an image of P4', most: 0.1, unit: '× compiling it', subject: 'image' },
  {
    id: 'verification',
    what: 'verify signatures, 4 kinds of requests mixed, signing keys in the cache',
    most: 4,
    unit: '× one SHA-256 and one HMAC',
    subject: 'http',
  },
  {
    id: 'mapping',
    what: 'header list, routing and planning, the same requests',
    most: 0.5,
    unit: '× one SHA-256 and one HMAC',
    subject: 'http',
  },
]
