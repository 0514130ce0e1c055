import type { Principal } from '../../request/principal.js'
import type { GivenValue, UNKNOWN } from '../../request/request-context.js'
import type { Tag } from '../../xml/body.js'
import type { Asked } from '../planning/asked.js'

/** What a question is about beside its request, of which there are several. */
export interface Subject {
  /** Of the object that is asked about. */
  readonly versionId: string | undefined
  /** The ETag that one object of DeleteObjects must have. */
  readonly etag: string | undefined
}

/** Reads the value of a condition key; undefined if the request does not carry it. */
export type ReadKey = (asked: Asked, subject: Subject) => GivenValue

/** Where the value of a condition key comes from. An action that the catalogue does not give the key lacks it, whatever stands here. */
export type KeySource =
  /** A header, where the operation takes it; else absent. */
  | { readonly from: 'header'; readonly header: string }
  /** A query parameter, where the operation takes it; else absent. */
  | { readonly from: 'parameter'; readonly parameter: string; readonly whenLeftOut?: string }
  | { readonly from: 'body' | 'connection' | 'authentication' | 'derived'; readonly read: ReadKey }
  /** A key for each tag. */
  | { readonly from: 'tags'; readonly tags: (asked: Asked) => readonly Tag[] | typeof UNKNOWN | undefined }
  /** The kind of caller. */
  | { readonly from: 'caller'; readonly values: Readonly<Record<Principal['kind'], GivenValue>> }
  /** Only who embeds the engine can tell. */
  | { readonly from: 'embedder'; readonly isAbsentForAnonymous?: true }
  /** The engine derives it from caller, bucket and clock. */
  | { readonly from: 'engine' }
  /** No request here carries it: it belongs to access points, jobs, replication and services that speak for others. */
  | { readonly from: 'nowhere' }
