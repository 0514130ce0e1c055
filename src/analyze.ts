/** Questions about all requests at once, answered exactly: proved, or refuted with a request. */
export { type AccessAnswer, type AccessQuestion, always, ever } from './analyze/questions/allowed.js'
export { type Comparison, disjoint, equivalent } from './analyze/questions/compare.js'
export { type AccessDiff, type Change, diff } from './analyze/questions/diff.js'
export { examineStatements, type StatementReport } from './analyze/questions/examine-statements.js'
export { type PublicOptions, type PublicReport, publicAccess } from './analyze/questions/public-access.js'
export type { Witness } from './analyze/questions/witness.js'
export type { AnalyzeOptions, PolicySubject, Subject, Undecided } from './analyze/subject.js'
