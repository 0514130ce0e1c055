import type { Decision, GrantReference } from '../decision/decision.js'
import { evaluate } from '../evaluate/evaluate.js'
import type { Explanation } from '../evaluate/explanation.js'
import { openImage } from '../image/open-image.js'
import { writeImage } from '../image/write-image.js'
import type { Diagnostic } from '../policy/diagnostic.js'
import { bucketPolicies } from '../program/buckets.js'
import { decide } from '../program/decide.js'
import type { DecisionProgram } from '../program/decision-program.js'
import { grantOf } from '../program/grant-of.js'
import { createRegisters, endRequest, type Registers } from '../program/registers.js'
import { requirementsOf } from '../program/requirements.js'
import type { AuthorizationRequest } from '../request/authorization-request.js'
import { parseSnapshot } from '../snapshot/parse-snapshot.js'
import type { Snapshot } from '../snapshot/snapshot.js'
import type { SnapshotJson } from '../snapshot/snapshot-json.js'
import { changeProgram, checkRemovals, compileSnapshot, type SnapshotChange } from './change.js'
import { excerptFor } from './excerpt.js'
import { readRows, type SnapshotRow } from './rows.js'
import { SnapshotError } from './snapshot-error.js'

/** A problem in a bucket's policy. */
export interface BucketDiagnostic extends Diagnostic {
  readonly bucket: string
}

/**
 * Answers requests on a snapshot: compiled once, decided many times. It never changes: `with` makes another. Requests must be valid
 * (`parseRequest` tells), with actions and condition keys in the catalogue's spelling; whoever calls has authenticated the caller.
 */
export class Authorizer {
  /** What a decision works with; while one is being made, none. It holds nothing between decisions. */
  private registers: Registers | undefined = createRegisters()

  private constructor(
    /** The compiled snapshot: plain data. */
    readonly program: DecisionProgram,
  ) {}

  /**
   * Compiles a snapshot: JSON text, an object of that form (schemas/snapshot.schema.json), what `parseSnapshot` returns, or its rows.
   * A policy without meaning does not make the snapshot unreadable: its bucket is quarantined, and `diagnostics` lists it.
   * Throws SnapshotError when the snapshot's own form is wrong, and TypeError for rows that are none or repeat a name.
   */
  static from(snapshot: Snapshot | SnapshotJson | string): Authorizer
  static from(rows: AsyncIterable<SnapshotRow> | Iterable<SnapshotRow>): Promise<Authorizer>
  static from(
    source: Snapshot | SnapshotJson | string | AsyncIterable<SnapshotRow> | Iterable<SnapshotRow>,
  ): Authorizer | Promise<Authorizer> {
    if (isRows(source)) return readRows(source).then((program) => new Authorizer(program))
    return new Authorizer(compileSnapshot(isParsed(source) ? source : parse(source)))
  }

  /**
   * Opens an image. Its words are used where they are, and never written: threads share one in a SharedArrayBuffer, and what each makes for itself
   * is small. They must stay as they are: neither written nor transferred to another thread. Throws ImageError for bytes that are no image, of another
   * version of this package, cut off, or damaged. An image is as trusted as a snapshot: the checksum is no signature.
   */
  static open(image: Uint8Array): Authorizer {
    return new Authorizer(openImage(image))
  }

  /** The compiled snapshot as bytes, for `open`: to be kept in a file, or shared between threads. */
  toImage(): Uint8Array {
    return writeImage(this.program)
  }

  /** The answer to a request: one of the frozen objects made when the snapshot was compiled. Throws TypeError for a request of no valid form. */
  decide(request: AuthorizationRequest): Decision {
    // A request may have members that are computed, and these may ask this authorizer again.
    const registers = this.registers ?? createRegisters()
    this.registers = undefined
    try {
      return decide(this.program, registers, request)
    } finally {
      endRequest(registers)
      this.registers = registers
    }
  }

  isAllowed(request: AuthorizationRequest): boolean {
    return this.decide(request).verdict === 'Allow'
  }

  /** The grant that allows the request, where one takes part in the decision. */
  grantOf(request: AuthorizationRequest): GrantReference | undefined {
    return grantOf(this.program, createRegisters(), request)
  }

  /** The decision with every statement and grant: matched, or the first thing that did not. By the reference evaluator, far slower. */
  explain(request: AuthorizationRequest): Explanation {
    return evaluate(excerptFor(this.program, request), request)
  }

  /**
   * The condition keys whose values may still change the answer, in order: those that the request carries, each changed alone, and those that
   * it lacks or lists as unknown, together. A gateway needs to find out about no others. None is missing; one may turn out not to matter.
   * `aws:CurrentTime` and `aws:EpochTime` are the request's `time`.
   */
  requirements(request: AuthorizationRequest): readonly string[] {
    return requirementsOf(this.program, createRegisters(), request)
  }

  /**
   * An authorizer of the changed snapshot, which shares all that is unchanged. Throws SnapshotError, or
   * TypeError for `remove`, when the change's own form is wrong.
   */
  with({ remove = {}, ...change }: SnapshotChange): Authorizer {
    checkRemovals(remove)
    const { buckets, keys, accounts } = parse(change)
    return new Authorizer(changeProgram(this.program, { buckets, keys, accounts }, remove))
  }

  /** The problems of form in the buckets' policies. A bucket with an `error` is quarantined: all requests to it are denied. */
  get diagnostics(): readonly BucketDiagnostic[] {
    return [...bucketPolicies(this.program)].flatMap(({ bucket, policy }) =>
      policy.diagnostics.map((diagnostic) => ({ bucket, ...diagnostic })),
    )
  }
}

function isRows(source: object | string): source is AsyncIterable<SnapshotRow> | Iterable<SnapshotRow> {
  return typeof source === 'object' && (Symbol.asyncIterator in source || Symbol.iterator in source)
}

function isParsed(source: Snapshot | SnapshotJson | string): source is Snapshot {
  return typeof source === 'object' && source.buckets instanceof Map
}

function parse(source: SnapshotJson | string): Snapshot {
  const { snapshot, diagnostics } = parseSnapshot(source)
  if (snapshot === undefined) throw new SnapshotError('the snapshot', diagnostics)
  return snapshot
}
