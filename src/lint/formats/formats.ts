import type { Format } from './format.js'
import { github } from './github.js'
import { json } from './json.js'
import { junit } from './junit.js'
import { ndjson } from './ndjson.js'
import { pretty } from './pretty.js'
import { sarif } from './sarif.js'

export const formatNames = ['pretty', 'json', 'ndjson', 'sarif', 'github', 'junit'] as const

export type FormatName = (typeof formatNames)[number]

/** How a report can be written. */
export const formats: Readonly<Record<FormatName, Format>> = { pretty, json, ndjson, sarif, github, junit }
