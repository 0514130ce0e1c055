import { readFileSync } from 'node:fs'
import { authorizerOf } from '../../workloads.js'
import type { Peer } from '../peer.js'

/** Ourselves, timed and checked like everybody else. */
export const grantree: Peer = {
  name: 'grantree',
  version: (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version,
  language: 'TypeScript',
  prepare(workload) {
    const authorizer = authorizerOf(workload)
    return { decide: (request) => (authorizer.decide(request).verdict === 'Allow' ? 'Allow' : 'Deny') }
  },
}
