/** The adapters for platforms without Node: edge workers, browsers, Deno, Bun. `grantree/adapters` is this file there. */
export type { AdapterOptions } from './adapters/adapter-options.js'
export { type FetchAdapterOptions, fetchAuthorizer, permittedFetch, s3ErrorResponse } from './adapters/fetch-authorizer.js'
export { honoMiddleware } from './adapters/hono-middleware.js'
export type { LogEntry } from './adapters/log-entry.js'
export { verifiedStream } from './adapters/verified-stream.js'
export { webHashing } from './adapters/web-hashing.js'
export { BodyError } from './gate/verified-pieces.js'
export { type S3Error, s3Error } from './s3-error/s3-error.js'
