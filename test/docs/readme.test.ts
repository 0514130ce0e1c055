import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'grantree-readme-'))

beforeAll(() => {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: root })
})
afterAll(() => rmSync(folder, { recursive: true }))

interface Block {
  readonly language: string
  readonly text: string
}

function blocksOf(document: string): readonly Block[] {
  const text = readFileSync(join(root, document), 'utf8')
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }))
}

/** Runs a command of the documents; a denial's exit code is no failure. */
function grantree(command: string): string {
  const args = command.replace('npx grantree ', '').split(' ')
  try {
    return execFileSync('node', [join(root, 'dist/cli/main.js'), ...args], { cwd: root, encoding: 'utf8' })
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string }
    if (status !== 1) throw error
    return stdout
  }
}

/** The worked examples: folders with a snapshot to try commands on. */
const examples = readdirSync(join(root, 'fixtures'), { withFileTypes: true }).flatMap((entry) => {
  const files = entry.isDirectory() ? readdirSync(join(root, 'fixtures', entry.name)) : []
  return files.includes('README.md') && files.includes('snapshot.json') ? [`fixtures/${entry.name}/README.md`] : []
})

describe.each(['README.md', ...examples])('%s', (document) => {
  const commands = blocksOf(document).flatMap(({ language, text }) =>
    language === 'sh' ? text.split('\n').filter((line) => line.startsWith('npx grantree ')) : [],
  )

  test.each(commands)('%s', (command) => {
    expect(grantree(command)).not.toBe('')
  })
})

describe('README.md', () => {
  const blocks = blocksOf('README.md')

  test('npm start prints what it says', () => {
    const shown = blocks.find(({ text }) => text.startsWith('DENIED'))
    expect(execFileSync('npm', ['start', '--silent'], { cwd: root, encoding: 'utf8' })).toBe(shown?.text)
  })

  test('commands print what it says', () => {
    for (const [index, { language, text }] of blocks.entries()) {
      const command = text.trim()
      const shown = blocks[index + 1]
      if (language !== 'sh' || !command.startsWith('npx grantree ') || shown?.language === 'ts' || command.includes('\n')) continue
      expect(grantree(command)).toBe(shown?.text)
    }
  })

  test('its examples run and print what they say', () => {
    for (const [index, { text }] of blocks.filter(({ language }) => language === 'ts').entries()) {
      const file = join(folder, `${index}.mjs`)
      writeFileSync(file, text.replaceAll("'grantree'", `'${join(root, 'dist/index.js')}'`))
      const printed = execFileSync('node', [file], { encoding: 'utf8' }).trim()
      expect(text.endsWith(`// ${printed}\n`), printed).toBe(true)
    }
  })
})

describe('docs/program.md', () => {
  const [command, shown, picture] = blocksOf('docs/program.md')

  test('shows the program that it says', () => {
    expect(grantree(command?.text.trim() ?? '')).toBe(shown?.text)
  })

  test('its picture is the one that is drawn', () => {
    expect(grantree(`${command?.text.trim()} --print mermaid`)).toBe(picture?.text)
  })
})
