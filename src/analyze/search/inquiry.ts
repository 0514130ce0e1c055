import type { AuthorizationRequest } from '../../request/authorization-request.js'
import { type Space, spaceOf } from '../dimensions/space.js'
import type { Asked } from '../scene/asked.js'
import { type Scene, scenesOf } from '../scene/scene.js'
import type { AnalyzeOptions, Subject, Undecided } from '../scene/subject.js'
import { type Assignments, assignmentsOf } from '../variables/assignments.js'
import { Budget, DEFAULT_BUDGET } from './budget.js'
import { requestOf } from './draft.js'
import type { Goal } from './goal.js'
import { search } from './search.js'

/** What was found: a request in its scene, none, or why that is not certain. */
export type Finding =
  | { readonly kind: 'found'; readonly request: AuthorizationRequest; readonly scene: Scene; readonly space: Space }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided'; readonly undecided: Undecided }

/** What is asked, in a space, and how the engine itself is to confirm a witness. */
export interface Query {
  readonly goalIn: (space: Space) => Goal
  readonly isConfirmed: (request: AuthorizationRequest, scene: Scene) => boolean
}

/** Of the steps of a question, those for finding the values of one dimension. */
const DIMENSION_SHARE = 7.5

/** All questions about the same subjects: the spaces are made once. */
export class Inquiry {
  readonly scenes: readonly Scene[]
  private readonly spaces = new Map<Scene, { readonly list: readonly Space[]; readonly incomplete?: string }>()
  /** How many steps a question may take. */
  readonly steps: number

  /** @param asked what the questions are about, if not about all requests */
  constructor(subjects: readonly Subject[], { budget = DEFAULT_BUDGET }: AnalyzeOptions = {}, asked?: Asked) {
    this.scenes = scenesOf(subjects, asked)
    this.steps = budget
  }

  /** A request that reaches the goal. @param scenes default: all */
  find(query: Query, scenes: readonly Scene[] = this.scenes): Finding {
    const budget = new Budget(this.steps)
    let undecided: Undecided | undefined
    for (const scene of scenes) {
      const finding = this.findIn(scene, query, budget)
      if (finding.kind === 'found') return finding
      if (finding.kind === 'undecided') undecided ??= finding.undecided
    }
    return undecided === undefined ? { kind: 'none' } : { kind: 'undecided', undecided }
  }

  /** The spaces that a scene's requests fall into, one for each way in which its variables may be set. */
  spacesOf(scene: Scene): { readonly list: readonly Space[]; readonly incomplete?: string } {
    const known = this.spaces.get(scene)
    if (known !== undefined) return known
    const { list, incomplete }: Assignments = assignmentsOf(scene)
    const spaces = {
      list: list.map(({ values, vague }) => spaceOf(scene, values, { vague, steps: Math.ceil(this.steps / DIMENSION_SHARE) })),
      ...(incomplete !== undefined && { incomplete }),
    }
    this.spaces.set(scene, spaces)
    return spaces
  }

  private findIn(scene: Scene, { goalIn, isConfirmed }: Query, budget: Budget): Finding {
    const { list, incomplete } = this.spacesOf(scene)
    let undecided: Undecided | undefined = incomplete === undefined ? undefined : { code: 'inexact', reason: incomplete }
    for (const space of list) {
      const found = search(space, goalIn(space), budget)
      if (found.kind === 'undecided') undecided ??= found.undecided
      if (found.kind !== 'found') continue
      const request = requestOf(found.draft)
      if (isConfirmed(request, scene)) return { kind: 'found', request, scene, space }
      undecided ??= { code: 'inexact', reason: 'a request was found that the engine decides otherwise' }
    }
    return undecided === undefined ? { kind: 'none' } : { kind: 'undecided', undecided }
  }
}
