import { type Diagnostic, diagnosticOf, type Location, type Problem } from './diagnostic.js'
import type { JsonPath } from './json-path.js'

/** A document with more problems than this is junk; listing all of them would only cost memory. */
const MAX_PROBLEMS = 1000

/** Collects the problems of one document, and stops at a limit with an `error` so that nothing cut off passes for whole. */
export class ProblemList {
  private list: Diagnostic[] = []

  get diagnostics(): readonly Diagnostic[] {
    return this.list
  }

  /** Nothing more is taken: looking for further problems is wasted work. */
  get isFull(): boolean {
    return this.list.length > MAX_PROBLEMS
  }

  add(problem: Problem): void {
    if (this.list.length < MAX_PROBLEMS) this.list.push(diagnosticOf(problem))
    else if (this.list.length === MAX_PROBLEMS) this.list.push(tooMany(problem.location))
  }

  /** Moves the problems below a path to a list of their own. */
  takeBelow(path: JsonPath): ProblemList {
    const taken = new ProblemList()
    const isBelow = (diagnostic: Diagnostic) => path.every((step, index) => diagnostic.path[index] === step)
    taken.list = this.list.filter(isBelow)
    if (taken.list.length > 0) this.list = this.list.filter((diagnostic) => !isBelow(diagnostic))
    return taken
  }
}

function tooMany(location: Location): Diagnostic {
  // The problem is the document's as a whole: a reader who takes a part of it must not find that part faultless.
  return diagnosticOf({
    code: 'too-many-problems',
    location: { path: [], span: location.span },
    message: `more than ${MAX_PROBLEMS} problems, the rest is not listed`,
  })
}
