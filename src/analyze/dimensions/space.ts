import type { Statement } from '../../policy/ast.js'
import type { CallerGroup } from '../callers/caller-groups.js'
import type { CompiledStatement } from '../conditions/compiled-statement.js'
import type { Clauses } from '../scene/clauses.js'
import type { Scene } from '../scene/scene.js'
import type { Assignment } from '../variables/variables.js'
import { type ActionClass, actionClasses } from './action-classes.js'
import { callerDimensions } from './caller-dimensions.js'
import { type Demand, type Dimension, dimensionOf } from './dimension.js'
import { type Ground, groundOf, type SpaceOptions } from './ground.js'
import type { KeyValues } from './key-dimension.js'
import { keyDimensions } from './key-dimensions.js'
import { resourceDimension } from './resource-dimension.js'
import { timeDimension } from './time-dimension.js'

/** All requests of a scene in which variables have the values of one assignment: what they can be made of, dimension by dimension. */
export interface Space {
  readonly scene: Scene
  readonly clauses: Clauses
  readonly actions: readonly ActionClass[]
  readonly callers: readonly CallerGroup[]
  /** The ARNs of buckets and of objects. */
  readonly resources: Readonly<Record<'bucket' | 'object', Dimension<string>>>
  readonly keys: readonly Dimension<KeyValues>[]
  readonly time: Dimension<number>
  /** Whether the operation is HeadBucket. */
  readonly operation: Dimension<boolean>
  readonly assignment: Assignment
  readonly compiled: ReadonlyMap<Statement, CompiledStatement>
}

export function spaceOf(scene: Scene, assignment: Assignment, options: SpaceOptions): Space {
  const ground = groundOf(scene, assignment, options)
  const { clauses, compiled } = ground
  const keys = keyDimensions(ground)
  return {
    scene,
    clauses,
    assignment,
    compiled,
    keys,
    actions: actionClasses(
      scene,
      clauses.list,
      keys.map(({ name }) => name),
    ),
    callers: callerDimensions(ground),
    resources: { bucket: resourceDimension(ground, 'bucket'), object: resourceDimension(ground, 'object') },
    time: timeDimension(ground),
    operation: operationDimension(ground),
  }
}

/** Whether the operation is HeadBucket, which grants with a prefix allow whatever is listed. */
function operationDimension(ground: Ground): Dimension<boolean> {
  const demands = ground.clauses.list.flatMap((clause, index): readonly Demand<boolean>[] =>
    clause.kind === 'grant' && clause.limit === 'head-bucket' ? [{ clause: index, isMet: (isHeadBucket) => isHeadBucket }] : [],
  )
  return dimensionOf('operation', [false, true], demands, ground.size)
}
