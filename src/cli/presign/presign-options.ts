/** What `grantree presign` is asked for, as the command line has it. */
export interface PresignOptions {
  readonly snapshot: string
  readonly key: string
  readonly secretFile?: string
  /** Only there to be refused. */
  readonly secret?: unknown
  readonly endpoint: string
  readonly region: string
  readonly virtualHost?: true
  /** Seconds. */
  readonly expires: number
  readonly format?: PresignFormat
  readonly header: readonly (readonly [name: string, value: string])[]
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly field: readonly (readonly [name: string, value: string])[]
  readonly contentType?: string
  readonly acl?: string
  readonly tagging?: string
  readonly prefix?: string
  /** Bytes. */
  readonly minSize?: number
  readonly maxSize?: number
  readonly file?: string
}

export const presignFormats = ['url', 'curl', 'json', 'html'] as const
export type PresignFormat = (typeof presignFormats)[number]
