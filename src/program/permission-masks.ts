import { actions } from '../catalog/actions.js'
import { actionsCoveredBy } from '../catalog/lookup.js'
import { permissionActions, permissions } from '../grants/permission.js'

/** By action: which permissions allow it without limits, a bit each by their places in `permissions`. */
const masks = Uint8Array.from(actions, ({ name, kind }) =>
  permissions.reduce((mask, permission, place) => {
    // Only `fullaccess` is on more than a bucket.
    const isPossible = kind !== 'none' || permission === 'fullaccess'
    const covers = permissionActions[permission].some((pattern) => actionsCoveredBy(pattern).some((row) => row.name === name))
    return isPossible && covers ? mask | (1 << place) : mask
  }, 0),
)

/** Whether a permission without limits allows an action. @param permission its place in `permissions` */
export function permits(permission: number, action: number): boolean {
  return (((masks[action] as number) >>> permission) & 1) === 1
}
