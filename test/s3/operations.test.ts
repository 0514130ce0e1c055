import { describe, expect, test } from 'vitest'
import { findAction } from '../../src/catalog/lookup.js'
import type { AskRow, OperationRow } from '../../src/s3/operations/operation-row.js'
import { operations } from '../../src/s3/operations/operations.js'
import { conditions } from '../../src/s3/planning/conditions.js'
import { routed } from './ask.js'
import { documentedOperations } from './documented-operations.js'

const rowOf = (name: string) => operations.find((row) => row.name === name) as OperationRow

/** What rows say instead of the documented words; what is not named is left out: other services' actions, and what listings work without. */
const requirements: Readonly<Record<string, (ask: AskRow) => boolean>> = {
  required: ({ requirement }) => requirement === undefined,
  either: ({ requirement }) => requirement === undefined,
  conditional: ({ requirement, when }) => when !== undefined && (requirement === undefined || requirement === 'source-tagged'),
  'per-key': ({ requirement }) => requirement === 'per-object',
  soft: ({ requirement, headers = [] }) => requirement === 'soft' && headers.length > 0,
  'error-shape': ({ requirement }) => requirement === 'error-shape',
}

const isLeftOut = ([action, requirement]: readonly [string, string]) => !action.startsWith('s3:') || !(requirement in requirements)

test('there is a row for each of the 119 operations', () => {
  expect(operations.map(({ name }) => name).sort()).toEqual(documentedOperations.map(({ operation }) => operation).sort())
  expect(new Set(operations.map(({ name }) => name)).size).toBe(119)
})

describe.each(documentedOperations)('$operation', ({ operation, method, uri, subresource, other, actions }) => {
  const row = rowOf(operation)
  const parameters = [
    ...(row.subresource === undefined ? [] : [row.subresource]),
    ...(row.requires ?? []).map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)),
  ]

  test('has the documented method, scope and parameters', () => {
    expect(row.methods.join('|')).toBe(method)
    expect(row.scope === 'object' || row.scope === 'website').toBe(uri.includes('{Key+}'))
    expect([...parameters, ...(row.parameters ?? [])].sort()).toEqual([...subresource, ...other].sort())
  })

  test('asks every documented permission, and no other', () => {
    for (const [action, requirement] of actions.filter((documented) => !isLeftOut(documented))) {
      const asks = row.asks.filter((ask) => [ask.action, ask.versionAction].includes(action))
      expect(
        asks.some((ask) => requirements[requirement]?.(ask)),
        `${action} ${requirement}`,
      ).toBe(true)
    }
    const known = actions.filter((documented) => !isLeftOut(documented)).map(([action]) => action)
    // The tags of a version are read with an action of their own, where only the plain one is named too.
    const added = known.includes('s3:GetObjectTagging') ? ['s3:GetObjectVersionTagging'] : []
    for (const { action, versionAction } of row.asks)
      expect([...known, ...added]).toEqual(expect.arrayContaining([action, versionAction ?? action]))
  })

  test('is what its own request comes to', () => {
    const query = parameters.map((name) => (name === 'uploadId' || name === 'partNumber' ? `${name}=1` : name)).join('&')
    const path = row.path ?? { service: '/', bucket: '/photos', object: '/photos/a/b.jpg', website: '/a/b.jpg' }[row.scope]
    const headers = {
      ...(row.requiresHeader === undefined ? {} : { [row.requiresHeader]: '/other/c.jpg' }),
      ...(row.contentType === undefined ? {} : { 'content-type': `${row.contentType}; boundary=x` }),
      ...(row.scope === 'website' ? { host: 'photos.s3-website.example.com' } : {}),
    }
    for (const one of row.methods) {
      const expected = row.refusal === undefined ? (row.supersededBy ?? row.name) : '501 NotImplemented'
      expect(routed(`${one} ${path}${query === '' ? '' : `?${query}`}`, headers)).toBe(expected)
    }
  })
})

test('rows speak of actions that the catalogue has, and of conditions that exist', () => {
  for (const { name, asks, supersededBy, headers = [], refusal } of operations) {
    for (const { action, versionAction, when } of asks) {
      expect(findAction(action)?.name, name).toBe(action)
      if (versionAction !== undefined) expect(findAction(versionAction)?.keys, name).toContain('s3:versionid')
      if (when !== undefined) expect(conditions[when], name).toBeTypeOf('function')
    }
    for (const header of headers) expect(header).toBe(header.toLowerCase())
    if (supersededBy !== undefined) expect(rowOf(supersededBy).asks).toEqual(asks)
    expect(asks.length > 0 || refusal !== undefined || name === 'OptionsObject', name).toBe(true)
  }
})
