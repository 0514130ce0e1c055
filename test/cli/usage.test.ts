import { describe, expect, test } from 'vitest'
import { get, grantree, scratch, snapshot } from './grantree.js'

const { directory, file } = scratch()
const s = file('s.json', snapshot)
const r = file('r.json', get('public/x'))

describe('help', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    [
      'of the program',
      ['--help'],
      [
        'Usage: grantree [options] [command]',
        'check [options]',
        'explain [options]',
        'test [options] <file...>',
        'compile [options]',
        'bench [options]',
        'Exit codes:',
        '  0  fine',
        '  1  the answer is no',
        '  2  wrong usage or input',
        '  3  a fault of grantree itself',
      ],
    ],
    ['of the program, short', ['-h'], ['Usage: grantree [options] [command]']],
    ['as a command', ['help'], ['Usage: grantree [options] [command]']],
    [
      'of check',
      ['check', '--help'],
      [
        'Usage: grantree check [options]',
        '--snapshot <file>',
        '--request <file>',
        '--requests <file>',
        'exit code 1 if it is denied',
        '--engine <program|reference>',
        'program: compiled and indexed; reference: the',
        'Example:\n  grantree check ',
      ],
    ],
    [
      'of explain',
      ['explain', '--help'],
      ['Usage: grantree explain [options]', '--snapshot <file>', '--request <file>', '--json', 'Example:\n  grantree explain '],
    ],
    ['of test', ['test', '--help'], ['Usage: grantree test [options] <file...>', '--json', '--engine', 'Example:\n  grantree test ']],
    [
      'of compile',
      ['compile', '--help'],
      [
        'Usage: grantree compile [options]',
        '--snapshot <file>',
        '--bucket <name>',
        '--print <text|mermaid>',
        '--stage <name>',
        '"normalise", "grants", "number",',
        'Example:\n  grantree compile ',
      ],
    ],
    [
      'of bench',
      ['bench', '--help'],
      [
        'Usage: grantree bench [options]',
        '--snapshot <file>',
        '--requests <file>',
        '--rounds <n>',
        '--format <text|json>',
        'Example:\n  grantree bench ',
      ],
    ],
    [
      'of lint',
      ['lint', '--help'],
      [
        'Usage: grantree lint [options] [file|glob...]',
        '--config <file>',
        '--rule <id:severity>',
        '--fail-level <severity>',
        '--write-baseline',
        '--fix-dry-run',
        'Example:\n  grantree lint ',
      ],
    ],
    [
      'of presign',
      ['presign', '--help'],
      [
        'Usage: grantree presign [options] <method> <object>',
        '--snapshot <file>',
        '--key <access key>',
        '--endpoint <url>',
        '--secret-file <file>',
        '--expires <time>               1s to 7d (default: 15m)',
        '--format <url|curl|json|html>',
        '--prefix <text>',
        '--max-size <size>',
        'Example:\n  grantree presign ',
      ],
    ],
    ['of check, as a command', ['help', 'check'], ['Usage: grantree check [options]']],
  ])('%s', async (_, args, parts) => {
    const { code, out, err } = await grantree(args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const part of parts) expect(out).toContain(part)
    expect(out.split('\n').every((line) => line.length <= 80 || line.includes('fixtures/'))).toBe(true)
  })

  test('--version', async () => {
    expect(await grantree(['--version'])).toEqual({ code: 0, out: '1.2.3\n', err: '' })
    expect(await grantree(['-V'])).toEqual({ code: 0, out: '1.2.3\n', err: '' })
  })
})

describe('wrong usage: exit code 2, what is wrong, and where to look', () => {
  const hint = 'Run `grantree --help`, or `grantree <command> --help`.'
  test.each<[string, readonly string[], string, boolean?]>([
    ['no such command', ['serve'], "error: unknown command 'serve'"],
    ['a command nearly right', ['chek'], "error: unknown command 'chek'\n(Did you mean check?)"],
    ['no such option', ['check', '-s', s, '-r', r, '--verbose'], "error: unknown option '--verbose'"],
    [
      'an option nearly right',
      ['check', '-s', s, '-r', r, '--reqests', 'x'],
      "error: unknown option '--reqests'\n(Did you mean --requests?)",
    ],
    ['check without snapshot', ['check', '-r', r], "error: required option '-s, --snapshot <file>' not specified"],
    ['explain without snapshot', ['explain', '-r', r], "error: required option '-s, --snapshot <file>' not specified"],
    ['explain without request', ['explain', '-s', s], "error: required option '-r, --request <file>' not specified"],
    ['an option without value', ['check', '-s', s, '-r'], "error: option '-r, --request <file>' argument missing"],
    ['too much', ['check', '-s', s, '-r', r, 'more'], "error: too many arguments for 'check'. Expected 0 arguments but got 1."],
    [
      'check with an engine that there is not',
      ['check', '-s', s, '-r', r, '--engine', 'fast'],
      "error: option '--engine <program|reference>' argument 'fast' is invalid. Allowed choices are program, reference.",
    ],
    [
      'test with an engine that there is not',
      ['test', '--engine', 'toString', s],
      "error: option '--engine <program|reference>' argument 'toString' is invalid. Allowed choices are program, reference.",
    ],
    ['an explanation is always the reference’s', ['explain', '-s', s, '-r', r, '--engine', 'program'], "error: unknown option '--engine'"],
    ['compile without snapshot', ['compile'], "error: required option '-s, --snapshot <file>' not specified"],
    [
      'compile in a form that there is not',
      ['compile', '-s', s, '--print', 'dot'],
      "error: option '--print <text|mermaid>' argument 'dot' is invalid. Allowed choices are text, mermaid.",
    ],
    [
      'compile to a stage that there is not',
      ['compile', '-s', s, '--stage', 'constructor'],
      "error: option '--stage <name>' argument 'constructor' is invalid. Allowed choices are normalise, grants, number, index, layout.",
    ],
    [
      'compile to a stage, in a form',
      ['compile', '-s', s, '--stage', 'index', '--print', 'text'],
      "error: option '--stage <name>' cannot be used with option '--print <text|mermaid>'",
    ],
    ['bench without requests', ['bench', '-s', s], "error: required option '--requests <file>' not specified"],
    [
      'bench in a format that there is not',
      ['bench', '-s', s, '--requests', r, '--format', 'csv'],
      "error: option '--format <text|json>' argument 'csv' is invalid. Allowed choices are text, json.",
    ],
    ...['0', '-1', '1.5', 'many', '10001', ''].map((rounds): [string, readonly string[], string, boolean] => [
      `bench of \`${rounds}\` rounds`,
      ['bench', '-s', s, '--requests', r, `--rounds=${rounds}`],
      `error: --rounds takes a number from 1 to 10000, not \`${rounds}\``,
      false,
    ]),
    ['test without file', ['test'], "error: missing required argument 'file'"],
    [
      'check without request',
      ['check', '-s', s],
      'error: give either --request FILE or --requests FILE; see `grantree check --help`',
      false,
    ],
    [
      'check with both',
      ['check', '-s', s, '-r', r, '--requests', r],
      'error: give either --request FILE or --requests FILE; see `grantree check --help`',
      false,
    ],
  ])('%s', async (_, args, message, hasHint = true) => {
    const { code, out, err } = await grantree(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.startsWith(`${message}\n`)).toBe(true)
    if (hasHint) expect(err).toContain(hint)
  })

  test('nothing at all shows the help, on standard error', async () => {
    const { code, out, err } = await grantree([])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('Usage: grantree [options] [command]')
  })
})

describe('input that cannot be read: exit code 2, which file, and why', () => {
  const notUtf8 = file('latin1.json', Buffer.from('{"buckets": [], "keys": "\xe9"}', 'latin1'))
  const broken = file('broken.json', '{\n  "buckets": [\n    x\n')
  const mark = file('mark.json', '\ufeff{}')
  const empty = file('empty.json', '')
  const list = file('list.json', [])
  const nowhere = `${directory}/nowhere.json`

  test.each<[string, string, RegExp]>([
    ['no such file', nowhere, /^error: cannot read `.*nowhere\.json`: there is no such file\n$/],
    ['a directory', directory, /^error: cannot read `.*`: it is a directory\n$/],
    ['a file below a file', `${s}/x`, /^error: cannot read `.*x`: .*\n$/],
    ['no UTF-8', notUtf8, /^error: `.*latin1\.json` is not UTF-8\n$/],
    ['no JSON', broken, /broken\.json:3:5: error: expected a value, found `x` \[invalid-json]\n {4}at \$\.buckets\[0]\n/],
    ['empty', empty, /empty\.json:1:1: error: expected a value, found the end of the text \[invalid-json]\n/],
    ['a list', list, /list\.json:1:1: error: a .* must be an object, found an array \[wrong-type]\n/],
    [
      'a byte order mark, which is told though it cannot be seen',
      mark,
      /mark\.json:1:1: error: .*(byte order mark|\\ufeff).* \[invalid-json]\n/,
    ],
  ])('%s', async (_, path, message) => {
    const uses = [
      ['check', '-s', path, '-r', r],
      ['check', '-s', s, '-r', path],
      ['explain', '-s', path, '-r', r],
      ['explain', '-s', s, '-r', path],
      ['test', path],
      ['compile', '-s', path],
      ['bench', '-s', path, '--requests', r],
      ['presign', 'GET', 'b/x', '-s', path, '-k', 'AK', '-e', 'https://s3.example.com'],
    ]
    for (const args of uses) {
      const { code, out, err } = await grantree(args)
      expect({ args, code, out }).toEqual({ args, code: 2, out: '' })
      expect(err).toMatch(message)
    }
  })

  test('what the file should have been', async () => {
    expect((await grantree(['check', '-s', list, '-r', r])).err).toMatch(/\nerror: `.*list\.json` is no snapshot\n$/)
    expect((await grantree(['check', '-s', s, '-r', list])).err).toMatch(/\nerror: `.*list\.json` is no valid request\n$/)
    expect((await grantree(['test', list])).err).toMatch(/\nerror: `.*list\.json` is no file of decision tests\n$/)
  })

  test('S3 has nothing to say about a snapshot, a request or a test that is no JSON: it never sees them', async () => {
    for (const args of [
      ['check', '-s', broken, '-r', r],
      ['check', '-s', s, '-r', broken],
      ['test', broken],
    ]) {
      expect((await grantree(args)).err).not.toContain('S3 says')
    }
  })
})

test('colours are there where they are asked for, and nowhere else', async () => {
  const uses = [
    ['explain', '-s', s, '-r', r],
    ['check', '-s', file('bad.json', '['), '-r', r],
    ['test', file('t.json', { cases: [{ name: 'x', request: get('x'), expect: 'Allow' }] })],
  ]
  const codes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g')
  for (const args of uses) {
    const plain = await grantree(args)
    const painted = await grantree(args, { colors: true })
    expect(painted.out + painted.err).toMatch(codes)
    expect(plain.out + plain.err).not.toMatch(codes)
    expect({ ...painted, out: painted.out.replace(codes, ''), err: painted.err.replace(codes, '') }).toEqual(plain)
  }
})
