import { actionsCoveredBy } from '../catalog/lookup.js'

/** What action patterns cover. Policies and grants repeat them; each is looked up in the catalogue once. */
export class ActionPatterns {
  private readonly covered = new Map<string, ReadonlySet<string>>()

  coveredBy(pattern: string): ReadonlySet<string> {
    const known = this.covered.get(pattern)
    if (known !== undefined) return known
    const covered = new Set(actionsCoveredBy(pattern).map(({ name }) => name))
    this.covered.set(pattern, covered)
    return covered
  }
}
