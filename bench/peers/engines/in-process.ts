import type { Peer } from '../peer.js'

/**
 * The peers that run in JavaScript, each loaded only by the process that times it: a module that fails to load, or that changes a
 * prototype, meets nobody else.
 */
export const inProcess: Readonly<Record<string, () => Promise<Peer>>> = {
  grantree: async () => (await import('./grantree.js')).grantree,
  casbin: async () => (await import('./casbin.js')).casbin,
  '@casl/ability': async () => (await import('./casl.js')).casl,
  pbac: async () => (await import('./pbac.js')).pbac,
  '@cedar-policy/cedar-wasm': async () => (await import('./cedar-wasm.js')).cedarWasm,
  '@cloud-copilot/iam-simulate': async () => (await import('./iam-simulate.js')).iamSimulate,
}
