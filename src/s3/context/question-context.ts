import { canonicalKeyName } from '../../catalog/lookup.js'
import { type ContextParts, type ContextSource, type GivenValue, UNKNOWN } from '../../request/request-context.js'
import type { Tag } from '../../xml/body.js'
import type { Asked } from '../planning/asked.js'
import { type ContextLayout, contextLayoutOf } from './context-layout.js'
import type { Subject } from './key-source.js'

const NO_OTHERS: ReadonlyMap<string, GivenValue> = new Map()

/** The condition keys of one question, read when the first condition asks for one. */
export class QuestionContext implements ContextSource {
  constructor(
    private readonly asked: Asked,
    private readonly action: string,
    private readonly subject: Subject,
  ) {}

  make(): ContextParts {
    const { asked, subject } = this
    const layout = contextLayoutOf(asked.request.operation, this.action, asked.principal.kind)
    const slots = layout.slots.slice()
    for (const { slot, read } of layout.fills) slots[slot] = read(asked, subject)
    return layout.tagFamilies.length === 0
      ? { slots, others: NO_OTHERS, unknownFamilies: layout.unknownFamilies }
      : { slots, ...familiesOf(layout, asked) }
  }
}

function familiesOf({ tagFamilies, unknownFamilies }: ContextLayout, asked: Asked): Pick<ContextParts, 'others' | 'unknownFamilies'> {
  const others = new Map<string, GivenValue>()
  const unknown = new Set(unknownFamilies)
  for (const { family, source } of tagFamilies) {
    const tags = source.tags(asked)
    if (tags === UNKNOWN) unknown.add(`${family}*`)
    else for (const tag of tags ?? []) addTag(others, family, tag)
  }
  return { others, unknownFamilies: unknown }
}

/** Two tags whose keys differ by case alone are one condition key where case does not count: nobody can tell which value it has. */
function addTag(others: Map<string, GivenValue>, family: string, { key, value }: Tag): void {
  const name = canonicalKeyName(family + key)
  const earlier = others.get(name)
  others.set(name, earlier === undefined || earlier === value ? value : UNKNOWN)
}
