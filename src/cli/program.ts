import { Command, CommanderError, Option } from 'commander'
import { defaultEngine, engines } from '../decision-test/engine.js'
import { addAnalysisCommands } from './analysis/add-commands.js'
import { type BenchOptions, bench, benchFormats, DEFAULT_ROUNDS, parseRounds } from './commands/bench.js'
import { type CheckOptions, check } from './commands/check.js'
import { type CompileOptions, compile } from './commands/compile.js'
import { type ExplainOptions, explain } from './commands/explain.js'
import { presign } from './commands/presign.js'
import { type TestOptions, test } from './commands/test.js'
import { type ExitCode, exitCode, InputError } from './exit-code.js'
import { addLintCommand } from './lint/add-lint-command.js'
import { collectPair } from './presign/check-options.js'
import { parseDuration } from './presign/parse-duration.js'
import { parseSize } from './presign/parse-size.js'
import { type PresignOptions, presignFormats } from './presign/presign-options.js'
import { SECRET_VARIABLE } from './presign/read-secret.js'
import { printable, printableLines } from './render/printable.js'
import { printForms } from './render/programs.js'
import { stages } from './render/stages.js'
import type { Terminal } from './terminal.js'

/** Runs the command line and returns the exit code. @param args without node and script */
export async function run(args: readonly string[], version: string, terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCode.fine
  const program = programOf(version, terminal, (result) => {
    code = result
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    // Commander has written its message already; asking for help is no mistake.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.fine : exitCode.wrongInput
    if (!(error instanceof InputError)) throw error
    terminal.err.write(`${terminal.errColors.red('error')}: ${printable(error.message)}\n`)
    return exitCode.wrongInput
  }
}

function programOf(version: string, terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('grantree')
    .description('Decides S3 requests from bucket policies and access-key grants, and says why.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(printableLines(text)),
      getOutHasColors: () => terminal.outColors.isColorSupported,
      getErrHasColors: () => terminal.errColors.isColorSupported,
    })
    // The list of commands is broken into lines even beside a command with two arguments.
    .configureHelp({ minWidthToWrap: 30 })
    .showHelpAfterError('Run `grantree --help`, or `grantree <command> --help`.')
    .addHelpText('after', exitCodes)
  program
    .command('check')
    .description('decide requests: a line of JSON each, with verdict and reason')
    .requiredOption('-s, --snapshot <file>', 'buckets with their policies, and access keys with their grants')
    .option('-r, --request <file>', 'one request (or -); exit code 1 if it is denied')
    .option('--requests <file>', 'many requests, one JSON object a line; - for standard input')
    .addOption(engineOption())
    .addHelpText(
      'after',
      example('check --snapshot fixtures/photography/snapshot.json --request fixtures/photography/requests/editor-from-home.json'),
    )
    .action(async (options: CheckOptions) => done(await check(options, terminal)))
  program
    .command('explain')
    .description('decide one request and say why: every grant and statement, and what did not match')
    .requiredOption('-s, --snapshot <file>', 'buckets with their policies, and access keys with their grants')
    .requiredOption('-r, --request <file>', 'the request, or - for standard input')
    .option('--json', 'the explanation as JSON')
    .addHelpText(
      'after',
      example('explain --snapshot fixtures/photography/snapshot.json --request fixtures/photography/requests/editor-from-home.json'),
    )
    .action((options: ExplainOptions) => done(explain(options, terminal)))
  program
    .command('test')
    .description('run files of decision tests, and list the statements and grants that no case covers')
    .argument('<file...>', 'decision test files')
    .option('--json', 'a line of JSON per file')
    .addOption(engineOption())
    .addHelpText('after', example('test fixtures/photography/tests.json'))
    .action((files: string[], options: TestOptions) => done(test(files, options, terminal)))
  program
    .command('compile')
    .description('show what policies and access keys are compiled to')
    .requiredOption('-s, --snapshot <file>', 'buckets with their policies, and access keys with their grants')
    .option('-b, --bucket <name>', 'only the policy of this bucket; else every policy, and the keys')
    .addOption(
      new Option('--print <text|mermaid>', 'an indented tree, or a flowchart; several flowcharts come as Markdown')
        .choices(Object.keys(printForms))
        .default('text'),
    )
    .addOption(
      new Option('--stage <name>', 'instead, what this stage has made of them: a line of JSON each')
        .choices(Object.keys(stages))
        .conflicts('print'),
    )
    .addHelpText('after', example('compile --snapshot fixtures/photography/snapshot.json --bucket raw-photos'))
    .action((options: CompileOptions) => done(compile(options, terminal)))
  program
    .command('bench')
    .description('time decisions on your snapshot and requests, beside two look-ups in Maps')
    .requiredOption('-s, --snapshot <file>', 'buckets with their policies, and access keys with their grants')
    .requiredOption('--requests <file>', 'requests, one JSON object a line or a JSON list; - for standard input')
    .option('--rounds <n>', 'rounds to time', parseRounds, DEFAULT_ROUNDS)
    .addOption(new Option('--format <text|json>', 'tables for people, or JSON').choices(benchFormats).default('text'))
    .addHelpText('after', example('bench --snapshot fixtures/photography/snapshot.json --requests fixtures/photography/requests.ndjson'))
    .action(async (options: BenchOptions) => done(await bench(options, terminal)))
  addLintCommand(program, version, terminal, done)
  addAnalysisCommands(program, terminal, done)
  program
    .command('presign')
    .description('sign a URL or an upload form for somebody without a key, and say whether the key may do it')
    .argument('<method>', 'GET, HEAD, PUT or DELETE; POST for a form that uploads')
    .argument('<object>', 'BUCKET/KEY; the bucket alone where --prefix is given')
    .requiredOption('-s, --snapshot <file>', 'buckets with their policies, and access keys with their grants')
    .requiredOption('-k, --key <access key>', 'who signs')
    .requiredOption('-e, --endpoint <url>', 'the server, such as https://s3.example.com')
    .option('--secret-file <file>', `the key's secret, or - for standard input; else ${SECRET_VARIABLE} in the environment`)
    .addOption(new Option('--secret [value]').hideHelp())
    .addOption(new Option('--expires <time>', '1s to 7d').argParser(parseDuration).default(parseDuration('15m'), '15m'))
    .option('--region <name>', 'the region that the server is in', 'us-east-1')
    .option('--virtual-host', 'the bucket in the host, as in https://photos.s3.example.com')
    .addOption(
      new Option('--format <url|curl|json|html>', 'curl: a command; html: a page for a form (default: "url", of a form "json")').choices(
        presignFormats,
      ),
    )
    .option('--content-type <type>', 'of the upload; of a form also such as image/, for all that begin so')
    .option('--acl <name>', 'the ACL that the upload sets')
    .option('--tagging <tags>', "the upload's tags, such as project=x&team=y")
    .addOption(
      new Option("--header <'name: value'>", 'a header that must be sent so').argParser(collectPair('--header', ':')).default([], 'none'),
    )
    .addOption(
      new Option('--query <name=value>', 'a parameter, such as versionId=3').argParser(collectPair('--query', '=')).default([], 'none'),
    )
    .option('--prefix <text>', "of a form: what all keys begin with; the file's name follows")
    .option('--min-size <size>', 'of a form: bytes, or such as 1KB', parseSize)
    .option('--max-size <size>', 'of a form: bytes, or such as 10MB, 10MiB', parseSize)
    .addOption(new Option('--field <name=value>', 'of a form: a further field').argParser(collectPair('--field', '=')).default([], 'none'))
    .option('--file <path>', 'what the curl command uploads')
    .addHelpText('after', example(PRESIGN_EXAMPLE))
    .action(async (method: string, place: string, options: PresignOptions) => done(await presign(method, place, options, terminal)))
  return program
}

const PRESIGN_EXAMPLE =
  'presign PUT uploads/carla/shoot.zip --snapshot fixtures/photography/snapshot.json --key DO00PHOTOGCARLA00001 --secret-file fixtures/photography/carla.secret --endpoint https://s3.example.com'

function engineOption(): Option {
  return new Option('--engine <program|reference>', 'program: compiled and indexed; reference: the plain evaluator, slower, for comparison')
    .choices(Object.keys(engines))
    .default(defaultEngine)
}

function example(command: string): string {
  return `\nExample:\n  grantree ${command}`
}

const exitCodes = `
Exit codes:
  0  fine
  1  the answer is no: a request denied, nothing signed, a test failed,
     access that has changed, a public bucket, findings of lint
  2  wrong usage or input
  3  a fault of grantree itself, or an answer that is undecided`
