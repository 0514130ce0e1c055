import { type Command, Option } from 'commander'
import { DEFAULT_BUDGET } from '../../analyze/search/budget.js'
import { type DiffOptions, diff } from '../commands/diff.js'
import { type PublicCommandOptions, publicCommand } from '../commands/public.js'
import { type CanOptions, canCommand, type WhoCanOptions, whoCanCommand } from '../commands/who-can.js'
import type { ExitCode } from '../exit-code.js'
import type { Terminal } from '../terminal.js'
import { checks } from './no-new-access.js'
import { formats, parseAccounts, parseBucket, parseBudget, parseOwner } from './options.js'

/** The commands that ask about all requests at once. */
export function addAnalysisCommands(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  program
    .command('diff')
    .description('what a new policy or snapshot allows that the old one did not, and vice versa')
    .argument('<old>', 'a policy or a snapshot, or - for standard input')
    .argument('<new>', 'the same; a policy beside a snapshot stands for that of --bucket')
    .option('-b, --bucket <name>', 'the bucket that the policies are on', parseBucket)
    .addOption(ownerOption())
    .addOption(new Option('--check <name>', 'exit code 1 only for new access').choices(checks))
    .addOption(formatOption())
    .addOption(budgetOption())
    .addHelpText(
      'after',
      example(`diff fixtures/photography/snapshot.json fixtures/analysis-cli/final-photos.json
    --bucket final-photos --check no-new-access`),
    )
    .action((old: string, next: string, options: DiffOptions) => done(diff(old, next, options, terminal)))
  program
    .command('public')
    .description("whether strangers get in, by AWS's definition and exactly; exit code 1 if so")
    .argument('<file...>', 'policies and snapshots; - for standard input')
    .addOption(new Option('--trusted <accounts>', 'accounts that are no strangers').argParser(parseAccounts).default([], 'none'))
    .option('-b, --bucket <name>', 'the bucket that the policies are on', parseBucket)
    .addOption(ownerOption())
    .addOption(formatOption())
    .addOption(budgetOption())
    .addHelpText('after', example('public fixtures/photography/snapshot.json'))
    .action((files: string[], options: PublicCommandOptions) => done(publicCommand(files, options, terminal)))
  program
    .command('who-can')
    .description('everyone who may do an action on a resource')
    .argument('<action>', 'such as s3:GetObject, or a pattern such as s3:Put*')
    .argument('<resource>', 'BUCKET, BUCKET/KEY or an ARN, or a pattern')
    .option('-s, --snapshot <file>', 'buckets with their policies, and access keys with their grants')
    .option('-p, --policy <file>', 'instead, one policy alone, or - for standard input')
    .option('-b, --bucket <name>', 'the bucket that the policy is on', parseBucket)
    .addOption(ownerOption())
    .addOption(formatOption())
    .addOption(budgetOption())
    .addHelpText('after', example("who-can --snapshot fixtures/photography/snapshot.json s3:GetObject 'final-photos/*'"))
    .action((action: string, resource: string, options: WhoCanOptions) => done(whoCanCommand(action, resource, options, terminal)))
  program
    .command('can')
    .description('everything that an access key may do')
    .requiredOption('-s, --snapshot <file>', 'buckets with their policies, and access keys with their grants')
    .requiredOption('-k, --key <access key>', 'the access key')
    .addOption(formatOption())
    .addOption(budgetOption())
    .addHelpText('after', example('can --snapshot fixtures/photography/snapshot.json --key DO00EDITORANNA000001'))
    .action((options: CanOptions) => done(canCommand(options, terminal)))
}

function ownerOption(): Option {
  return new Option('--owner <account>', 'who owns that bucket (default: an account that no policy names)').argParser(parseOwner)
}

function formatOption(): Option {
  return new Option('--format <text|json|markdown>', 'markdown: for a comment on a pull request').choices(formats).default('text')
}

function budgetOption(): Option {
  return new Option('--budget <steps>', `how hard to try (default: ${DEFAULT_BUDGET})`).argParser(parseBudget)
}

function example(command: string): string {
  return `\nExample:\n  grantree ${command}`
}
