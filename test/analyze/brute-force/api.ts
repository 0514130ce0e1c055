/** The analyser under test. */
export { always, diff, disjoint, equivalent, ever, examineStatements, publicAccess } from '../../../src/analyze.js'
