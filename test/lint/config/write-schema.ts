import { writeFileSync } from 'node:fs'
import { allRules, configSchema } from '../../../src/lint.js'

const path = new URL('../../../schemas/lint-config.schema.json', import.meta.url)
writeFileSync(path, `${JSON.stringify(configSchema(allRules), undefined, 2)}\n`)
