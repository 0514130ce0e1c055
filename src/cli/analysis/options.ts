import { InputError } from '../exit-code.js'

export const formats = ['text', 'json', 'markdown'] as const
export type Format = (typeof formats)[number]

/** What all commands that ask about all requests take. */
export interface AnalysisOptions {
  readonly format: Format
  /** Steps that a question may take. */
  readonly budget?: number
}

const MOST_STEPS = 1_000_000_000

/** The value of --budget. */
export function parseBudget(text: string): number {
  const steps = /^[0-9]{1,10}$/.test(text) ? Number(text) : 0
  if (steps < 1 || steps > MOST_STEPS) throw new InputError(`--budget takes a number of steps from 1 to ${MOST_STEPS}, not \`${text}\``)
  return steps
}

/** The value of --bucket. */
export function parseBucket(text: string): string {
  if (text === '' || text.includes('/')) throw new InputError(`--bucket takes the name of a bucket, not \`${text}\``)
  return text
}

/** The value of --owner. */
export function parseOwner(text: string): string {
  if (!isAccount(text)) throw new InputError(`--owner takes an account id, not \`${text}\``)
  return text
}

/** The value of --trusted. */
export function parseAccounts(text: string): readonly string[] {
  const accounts = text.split(',').map((account) => account.trim())
  const wrong = accounts.find((account) => !isAccount(account))
  if (wrong !== undefined) throw new InputError(`--trusted takes account ids with commas between them; \`${wrong}\` is none`)
  return accounts
}

function isAccount(text: string): boolean {
  return /^[^:/*?\s]+$/.test(text)
}
