// Prints every failed test of the given JSON reports of vitest with its message, and the count of all as the last line.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')))
const files = reports.flatMap((report) => report.testResults)

/** What failed in one file: its tests, or the file itself where it could not be run. */
function failuresOf({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  const file = relative(process.cwd(), name)
  if (failed.length === 0) {
    return status === 'failed' ? [`${file}\n${message}`] : []
  }
  return failed.map((test) => `${file} > ${test.fullName}\n${test.failureMessages.join('\n')}`)
}

const failures = files.flatMap(failuresOf)
for (const failure of failures) {
  console.log(`FAILED ${failure}\n`)
}
const passed = reports.reduce((total, report) => total + report.numPassedTests, 0)
console.log(`${passed} passed, ${failures.length} failed`)
