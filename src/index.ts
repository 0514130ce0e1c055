export { MAX_POLICY_BYTES } from './catalog/limits.js'
