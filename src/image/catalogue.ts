import { actions } from '../catalog/actions.js'
import { conditionKeys } from '../catalog/condition-keys.js'
import { permissionActions, permissions } from '../grants/permission.js'
import { hashOf } from '../tables/hash.js'

/** Tells whether actions, condition keys and permissions are numbered, and mean, what they did when an image was made. */
export const catalogue = hashOf(JSON.stringify([actions, conditionKeys, permissions, permissionActions]), 0)
