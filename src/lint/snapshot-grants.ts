import type { AccessKey, Grant } from '../grants/access-key.js'
import type { Location } from '../policy/diagnostic.js'
import type { JsonPath } from '../policy/json-path.js'
import { type LineTable, lineTableOf, spanAt } from '../policy/position.js'
import type { PositionedValue } from '../policy/positioned-value.js'
import type { FoundSnapshot } from '../sources/found.js'

/** An access key of a snapshot, and where it stands. */
export interface KeyInPlace {
  readonly key: AccessKey
  readonly location: Location
  /** Of one of its members; of the key if it has no such member. */
  readonly locationOf: (member: string) => Location
  readonly grants: readonly GrantInPlace[]
}

/** One of a key's grants, and where it stands. */
export interface GrantInPlace {
  readonly grant: Grant
  readonly index: number
  readonly location: Location
  /** Of one of its members; of the grant if it has no such member. */
  readonly locationOf: (member: string) => Location
}

/** All access keys of a snapshot in the order of the text. */
export function keysInPlace({ root, file, snapshot }: FoundSnapshot): readonly KeyInPlace[] {
  const lines = lineTableOf(file.text)
  const items = itemsOf(memberOf(root, 'keys'))
  return [...snapshot.keys.values()].flatMap((key, place) => {
    const value = items[place]
    if (value === undefined) return []
    const at = placed(value, ['keys', place], lines)
    const grantValues = itemsOf(memberOf(value, 'grants'))
    const grants = key.grants.flatMap((grant, index) => {
      const grantValue = grantValues[index]
      return grantValue === undefined ? [] : [{ grant, index, ...placed(grantValue, ['keys', place, 'grants', index], lines) }]
    })
    return [{ key, grants, ...at }]
  })
}

/** What messages call a key. */
export function keyName({ accessKey, name }: AccessKey): string {
  return name === undefined ? `\`${accessKey}\`` : `\`${accessKey}\` (${name})`
}

/** What messages call a grant: its permission, or that it has actions of its own. */
export function grantName({ permission, bucket }: Grant): string {
  const what = permission === undefined ? 'its actions' : `\`${permission}\``
  return bucket === '' ? what : `${what} on \`${bucket}\``
}

function placed(value: PositionedValue, path: JsonPath, lines: LineTable): Pick<GrantInPlace, 'location' | 'locationOf'> {
  const locationAt = (extent: PositionedValue, at: JsonPath): Location => ({ path: at, span: spanAt(lines, extent.start, extent.end) })
  return {
    location: locationAt(value, path),
    locationOf(name) {
      const member = memberOf(value, name)
      return member === undefined ? locationAt(value, path) : locationAt(member, [...path, name])
    },
  }
}

function memberOf(value: PositionedValue | undefined, name: string): PositionedValue | undefined {
  return value?.kind === 'object' ? value.members.find((member) => member.name === name)?.value : undefined
}

function itemsOf(value: PositionedValue | undefined): readonly PositionedValue[] {
  return value?.kind === 'array' ? value.items : []
}
