import type { Diagnostic } from '../policy/diagnostic.js'
import { afterText, packText, readText } from '../tables/packed-text.js'
import type { LoadedBucketPolicy } from './decision-program.js'
import { loadPolicy } from './load.js'

// A bucket's policy in words: [words of its program, or −1 if it is unreadable, what is no words as JSON's text, program...].

/** What of a policy is no words. */
interface PolicyTexts {
  readonly owner: string
  readonly strings: readonly string[]
  readonly text: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Writes a policy, word by word. */
export function packPolicy(policy: LoadedBucketPolicy, push: (word: number) => void): void {
  if (policy.kind === 'unreadable') {
    push(-1)
    packText(JSON.stringify(policy.diagnostics), push)
    return
  }
  const { owner, text, diagnostics, program } = policy
  const texts: PolicyTexts = { owner, strings: program.strings, text, diagnostics }
  push(program.words.length)
  packText(JSON.stringify(texts), push)
  for (const word of program.words) push(word)
}

/** The policy at a place; its program's words are a view of those given. */
export function unpackPolicy(words: Int32Array, at: number): LoadedBucketPolicy {
  const size = words[at] as number
  const json: unknown = JSON.parse(readText(words, at + 1))
  if (size < 0) return { kind: 'unreadable', diagnostics: json as readonly Diagnostic[] }
  const { owner, strings, text, diagnostics } = json as PolicyTexts
  const first = afterText(words, at + 1)
  return { kind: 'program', owner, text, diagnostics, program: loadPolicy({ words: words.subarray(first, first + size), strings }) }
}
