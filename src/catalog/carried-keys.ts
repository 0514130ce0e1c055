import { type ActionRow, actions, commonActionKeys, resourceTypeKeys } from './actions.js'

/** Whether requests for an action can carry a condition key that comes with some actions only. @param key as the catalogue spells it, a family as `family/` */
export function carriesKey({ keys, lacks = [], resourceTypes }: ActionRow, key: string): boolean {
  if (keys.includes(key)) return true
  if (commonActionKeys.includes(key)) return !lacks.includes(key)
  return resourceTypes.some((type) => resourceTypeKeys[type]?.includes(key))
}

const keysOfActions: ReadonlySet<string> = new Set([
  ...commonActionKeys,
  ...Object.values(resourceTypeKeys).flat(),
  ...actions.flatMap(({ keys }) => keys),
])

/** Whether the reference says which actions a condition key comes with; others, such as `aws:SourceIp`, come with every action. */
export function isKeyOfActions(key: string): boolean {
  return keysOfActions.has(key)
}
