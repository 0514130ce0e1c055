import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const src = new URL('../../src/', import.meta.url).pathname

/** Layers that must run in a browser: no Node, no clock, no randomness, no environment. */
const pureLayers = [
  'catalog',
  'policy',
  'match',
  'operators',
  'request',
  'validate',
  'grants',
  'public-access',
  'snapshot',
  'evaluate',
  'decision-test',
  'decision',
  'scan',
  'tables',
  'program',
  'print',
  'compile',
  'authorizer',
  'benchmark',
  'image',
  'http',
  's3-error',
  'xml',
  'sigv4',
  's3',
  'gate',
  'languages',
  'sources',
  'lint',
  'analyze',
]

/** The packages that a pure layer may use: they are pure too. */
const packages: Readonly<Record<string, readonly string[]>> = { xml: ['fast-xml-parser'], sources: ['yaml'] }

const layers = readdirSync(src).filter((name) => statSync(join(src, name)).isDirectory())

function filesOf(layer: string): readonly string[] {
  return readdirSync(join(src, layer), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(src, layer, file))
}

function importsOf(file: string): readonly string[] {
  return [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, specifier]) => specifier ?? '')
}

function layerOf(file: string): string {
  return relative(src, file).split('/')[0] ?? ''
}

function referencesOf(layer: string): readonly string[] {
  const { references } = JSON.parse(readFileSync(join(src, layer, 'tsconfig.json'), 'utf8')) as { references: { path: string }[] }
  return references.map(({ path }) => basename(path))
}

describe.each(layers)('%s', (layer) => {
  const allowed = referencesOf(layer)
  const imported = new Map<string, string>()
  for (const file of filesOf(layer)) {
    for (const specifier of importsOf(file)) {
      if (specifier.startsWith('.')) imported.set(layerOf(resolve(dirname(file), specifier)), `${relative(src, file)} imports ${specifier}`)
    }
  }

  test('imports only the layers its tsconfig.json refers to', () => {
    expect([...imported].filter(([other]) => other !== layer && !allowed.includes(other)).map(([, where]) => where)).toEqual([])
  })

  test('imports every layer its tsconfig.json refers to', () => {
    expect(allowed.filter((other) => !imported.has(other))).toEqual([])
  })

  test('has a line in docs/architecture.md', () => {
    expect(readFileSync(join(src, '../docs/architecture.md'), 'utf8')).toContain(`\`src/${layer}/\``)
  })
})

test('layers have no circles', () => {
  const visit = (layer: string, way: readonly string[]): void => {
    expect(way, `${[...way, layer].join(' → ')}`).not.toContain(layer)
    for (const other of referencesOf(layer)) visit(other, [...way, layer])
  }
  for (const layer of layers) visit(layer, [])
})

describe.each(pureLayers)('%s stays pure', (layer) => {
  test.each(filesOf(layer).map((file) => relative(src, file)))('%s', (file) => {
    const text = readFileSync(join(src, file), 'utf8')
    expect(importsOf(join(src, file)).filter((specifier) => !specifier.startsWith('.'))).toEqual(
      importsOf(join(src, file)).filter((specifier) => packages[layer]?.includes(specifier)),
    )
    // Comments may speak of patterns; code may not build them from input.
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    expect(code).not.toMatch(
      /\bnew RegExp\b|\bnew Function\b|\beval\(|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.|\bsetTimeout\b/,
    )
    // `a / b / c` is no pattern; a pattern starts where a value may start.
    expect(code.replace(/'[^'\n]*'|`[^`]*`|"[^"\n]*"/g, "''")).not.toMatch(/[(,=:[!&|?{};]\s*\/[^/\s*]/)
  })
})
