import type { Statement } from '../../policy/ast.js'
import { bitsOf } from '../bits.js'
import { type CompiledStatement, compileStatement } from '../conditions/compiled-statement.js'
import { type Clauses, clausesOf } from '../scene/clauses.js'
import type { Scene } from '../scene/scene.js'
import { type Assignment, contextOfAssignment, templatesOf, usesVariable } from '../variables/variables.js'
import type { Gap } from './dimension.js'

/** What the dimensions of a space are made from. */
export interface Ground {
  readonly scene: Scene
  readonly clauses: Clauses
  /** How many clauses there are. */
  readonly size: number
  readonly assignment: Assignment
  /** The statements, their variables replaced by what the assignment says. */
  readonly compiled: ReadonlyMap<Statement, CompiledStatement>
  readonly options: SpaceOptions
}

export interface SpaceOptions {
  /** The variables of which other values are not followed exactly. */
  readonly vague: ReadonlySet<string>
  /** Steps that finding the values of one dimension may take. */
  readonly steps: number
}

export function groundOf(scene: Scene, assignment: Assignment, options: SpaceOptions): Ground {
  const clauses = clausesOf(scene)
  const variables = contextOfAssignment(assignment)
  const compiled = new Map<Statement, CompiledStatement>()
  for (const clause of clauses.list) {
    if (clause.kind !== 'deny' && clause.kind !== 'allow') continue
    compiled.set(clause.statement, compileStatement(clause.statement, clause.version, variables))
  }
  return { scene, clauses, size: clauses.list.length, assignment, compiled, options }
}

/** The statements that compare something with the text of a variable whose values are not followed exactly. */
export function vagueAt(ground: Ground, isCompared: (comparedWith: string) => boolean): Gap | undefined {
  const [key] = ground.options.vague
  if (key === undefined) return undefined
  const places = ground.clauses.list.flatMap((clause, place) => {
    if (!('statement' in clause)) return []
    const templates = templatesOf(clause.statement, clause.version).filter(({ comparedWith }) => isCompared(comparedWith))
    return templates.some(({ parts }) => Array.from(ground.options.vague).some((variable) => usesVariable(parts, variable))) ? [place] : []
  })
  const reason = `what \`${key}\` stands for is not set off from the text around it`
  return places.length === 0 ? undefined : { reason, clauses: bitsOf(ground.size, places) }
}
