/** What the process ends with; part of the command line's interface. */
export const exitCode = {
  fine: 0,
  /** The answer is no: a denied request, a decision test that differs, access that has changed. */
  no: 1,
  /** Wrong usage, or input that cannot be read. */
  wrongInput: 2,
  /** A question about all requests without an answer: never taken for "all is well". */
  undecided: 3,
  /** A fault of the program itself. */
  internal: 3,
} as const

export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** Input that cannot be worked with: shown as a message, without a stack. */
export class InputError extends Error {}
