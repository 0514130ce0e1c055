import { Ajv } from 'ajv'
import { s3Errors } from '../../src/s3-error/codes.js'

const question = {
  type: 'object',
  additionalProperties: false,
  required: ['action'],
  properties: {
    action: { type: 'string', pattern: '^s3:' },
    bucket: { type: 'string', minLength: 1 },
    key: { type: 'string', minLength: 1 },
    context: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        oneOf: [
          { type: 'string' },
          { type: 'array', items: { type: 'string' }, minItems: 1 },
          { type: 'null' },
          { type: 'object', additionalProperties: false, required: ['unknown'], properties: { unknown: { const: true } } },
        ],
      },
    },
  },
}

const questions = { type: 'array', items: question }

const facts = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    principal: { type: 'object', required: ['kind'] },
    time: { type: ['integer', 'null'] },
    authType: { enum: ['REST-HEADER', 'REST-QUERY-STRING', 'POST', null] },
    signatureVersion: { type: ['string', 'null'] },
    signedAt: { type: ['integer', 'null'] },
    contentSha256: { type: ['string', 'null'] },
    sourceIp: { type: ['string', 'null'] },
    secureTransport: { type: ['boolean', 'null'] },
    tlsVersion: { enum: ['1.2', '1.3', null] },
    region: { type: ['string', 'null'] },
  },
}

const head = { name: { type: 'string', minLength: 1 }, facts, bodySeen: { const: false } }

const planCase = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'operation', 'questions'],
  properties: {
    ...head,
    operation: { type: 'string' },
    questions,
    objects: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['key', 'questions'],
        properties: { key: { type: 'string' }, versionId: { type: 'string' }, questions: { ...questions, minItems: 1 } },
      },
    },
    ifSourceIsTagged: { ...questions, minItems: 1 },
    ifMissing: question,
    trims: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['headers', 'question'],
        properties: { headers: { type: 'array', minItems: 1, items: { type: 'string', pattern: '^[a-z0-9-]+$' } }, question },
      },
    },
  },
}

const errorCase = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'error'],
  properties: {
    ...head,
    error: {
      type: 'object',
      required: ['code', 'status'],
      // Each code with its own status.
      oneOf: Object.entries(s3Errors).map(([code, { status }]) => ({
        additionalProperties: false,
        properties: { code: { const: code }, status: { const: status } },
      })),
    },
  },
}

const domains = { type: 'array', items: { type: 'string' } }

/** Whether an `.expected.json` has the form that `fixtures/requests/README.md` describes. */
export const hasFixtureShape = new Ajv({
  strict: true,
  allowUnionTypes: true,
  strictTypes: false,
  strictRequired: false,
  allErrors: true,
}).compile({
  type: 'object',
  additionalProperties: false,
  required: ['addressing', 'cases'],
  properties: {
    addressing: { type: 'object', additionalProperties: false, properties: { baseDomains: domains, websiteDomains: domains } },
    cases: { type: 'array', minItems: 3, items: { oneOf: [planCase, errorCase] } },
  },
})
