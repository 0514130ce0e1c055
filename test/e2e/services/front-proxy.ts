import type { Service } from './service.js'

/** nginx or Caddy, asking a forward-auth server before it passes a request on. */
export interface FrontProxy extends Service {
  readonly httpUrl: string
  readonly httpsUrl: string
}
