/** Steps that are left for a question. */
export class Budget {
  constructor(private left: number) {}

  /** Takes a step; false if there are none left. */
  spend(): boolean {
    this.left--
    return this.left >= 0
  }

  get isSpent(): boolean {
    return this.left < 0
  }
}

export const DEFAULT_BUDGET = 300_000
