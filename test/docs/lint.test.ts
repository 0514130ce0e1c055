import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkPattern } from '../../src/cli/lint/file-patterns.js'
import { allRules, readConfig } from '../../src/lint.js'
import { grantree, scratch } from '../cli/grantree.js'

const page = readFileSync(new URL('../../docs/lint.md', import.meta.url), 'utf8')
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text]) => text ?? '')

const { directory } = scratch()

describe('docs/lint.md', () => {
  const configs = blocks('json')

  test.each(configs.map((text) => [text]))('a configuration that is valid: %s', (text) => {
    const { config, diagnostics } = readConfig(text, checkPattern)
    expect(diagnostics).toEqual([])
    const ids = [...(config?.rules ?? []).map(({ id }) => id), ...(config?.suppressions ?? []).map(({ rule }) => rule)]
    const known = new Set([...allRules.map(({ meta }) => meta.id), 'acme/no-delete'])
    expect(ids.filter((id) => !known.has(id))).toEqual([])
  })

  test('the rule of one’s own does what it says', async () => {
    const [module = ''] = blocks('js')
    const config = configs.find((text) => text.includes('plugins')) ?? ''
    const face = new URL('../../src/lint.ts', import.meta.url).pathname
    const folder = join(directory, 'own')
    mkdirSync(folder)
    const actions = ['s3:DeleteObject', 's3:DeleteObjectTagging', 's3:GetObject']
    const statement = { Principal: { AWS: '111122223333' }, Action: actions, Resource: 'arn:aws:s3:::b/*' }
    const Statement = [
      { Effect: 'Allow', ...statement },
      { Effect: 'Deny', ...statement },
    ]
    const files = { 'rules.mjs': module.replace("'grantree/lint'", JSON.stringify(face)), 'grantree.config.json': config }
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, 'policy.json'), JSON.stringify({ Version: '2012-10-17', Statement }))
    const { out, err } = await grantree(['lint', 'policy.json', '--format', 'json'], { directory: folder })
    expect(err).toBe('')
    const { findings } = JSON.parse(out) as { findings: readonly { rule: string; severity: string; message: string }[] }
    expect(findings.filter(({ rule }) => rule.startsWith('acme/'))).toMatchObject([
      { rule: 'acme/no-delete', severity: 'error', message: '`s3:DeleteObject` is not for bucket policies of ours' },
    ])
  })
})
