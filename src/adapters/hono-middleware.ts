import { type FetchAdapterOptions, fetchAuthorizer } from './fetch-authorizer.js'

/** The part of Hono's context that is used. */
interface HonoContextLike {
  readonly req: { readonly raw: Request }
}

/** Middleware for Hono: `app.use(honoMiddleware(options))`. */
export function honoMiddleware(
  options: FetchAdapterOptions,
): (context: HonoContextLike, next: () => Promise<void>) => Promise<Response | undefined> {
  const authorize = fetchAuthorizer(options)
  return async (context, next) => {
    const refusal = await authorize(context.req.raw)
    if (refusal !== undefined) return refusal
    await next()
    return undefined
  }
}
