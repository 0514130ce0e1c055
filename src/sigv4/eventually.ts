/** A value that is there already, or will be. What answers at once is never wrapped, so that a platform with synchronous hashing stays synchronous. */
export type Eventually<T> = T | Promise<T>

export function isPromise<T>(value: Eventually<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function'
}

/** Goes on with a value: at once if it is there, else when it comes. */
export function andThen<T, U>(value: Eventually<T>, next: (value: T) => Eventually<U>): Eventually<U> {
  return isPromise(value) ? value.then(next) : next(value)
}
