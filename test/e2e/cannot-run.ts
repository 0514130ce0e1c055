/** The machine lacks something that the tests cannot install: its message says what, and the run ends with exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun'
}
