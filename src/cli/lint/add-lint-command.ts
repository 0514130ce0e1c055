import { type Command, Option } from 'commander'
import { failLevels, presets } from '../../lint/config/config.js'
import { formatNames } from '../../lint/formats/formats.js'
import { parseBucket, parseOwner } from '../analysis/options.js'
import { lint } from '../commands/lint.js'
import type { ExitCode } from '../exit-code.js'
import type { Terminal } from '../terminal.js'
import { collectRule, type LintCommandOptions, parseCount } from './lint-options.js'
import { CONFIG_NAME } from './load-config.js'

/** The command that checks policies by rules. */
export function addLintCommand(program: Command, version: string, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('lint')
    .description('check policies by rules: what S3 refuses, what lets strangers in, and what is not meant')
    .argument('[file|glob...]', 'policies, folders or patterns; - for standard input (default: the working directory)')
    .option('-c, --config <file>', `the configuration (default: the nearest ${CONFIG_NAME}, from here up)`)
    .addOption(new Option('--preset <name>', 'instead of what the configuration extends').choices(presets))
    .addOption(new Option('--rule <id:severity>', 'after the configuration; also id:off, id:on').argParser(collectRule).default([], 'none'))
    .addOption(new Option('--format <name>', 'how findings are written').choices(formatNames).default('pretty'))
    .option('-o, --output <file>', 'where to write them, instead of standard output')
    .option('-b, --bucket <name>', 'the bucket that the policies are on, where they do not say', parseBucket)
    .option('--owner <account>', 'who owns that bucket', parseOwner)
    .addOption(new Option('--fail-level <severity>', 'exit code 1 from here on (default: "security")').choices(failLevels))
    .option('--max-warnings <n>', 'exit code 1 for more findings than this, of any severity', parseCount)
    .option('--allow-undecided', 'exit code 0 also where a question has no answer')
    .option('--no-analysis', 'leave out the rules that ask the analyser: quicker, for editors and hooks')
    .option('--baseline <file>', 'findings listed there do not count')
    .option('--write-baseline', 'write that list, of all that is found now')
    .option('--fix', 'mend what can be mended, in the files')
    .option('--fix-dry-run', 'show as a diff what --fix would do; nothing else is written')
    .option('--stdin-filename <file>', 'what standard input is called, and is linted as')
    .option('--explain <rule>', "show a rule's page")
    .option('--list-rules', 'show all rules')
    .option('--init', `write a ${CONFIG_NAME} to begin with`)
    .addHelpText('after', '\nExample:\n  grantree lint fixtures/analysis-cli/before.json --bucket final-photos')
    .action(async (files: string[], options: LintCommandOptions) => done(await lint(files, options, version, terminal)))
}
