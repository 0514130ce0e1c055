import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { readForm } from '../../src/adapters/read-form.js'
import type { AuthorizationRequest } from '../../src/request/authorization-request.js'
import { RequestContext, UNKNOWN } from '../../src/request/request-context.js'
import type { RequestPlan } from '../../src/s3/plan.js'
import type { FormFields } from '../../src/s3/planning/form-fields.js'
import { planRequest } from '../../src/s3/planning/plan-request.js'
import { routeRequest } from '../../src/s3/routing/route-request.js'
import type { S3Request } from '../../src/s3/routing/s3-request.js'
import type { S3Error } from '../../src/s3-error/s3-error.js'
import type { S3Body } from '../../src/xml/body.js'
import { readBody } from '../../src/xml/read-body.js'
import { operationNames } from './operation-names.js'
import { type ExpectedQuestion, type ExpectedValue, type HttpFixture, readHttpFixture } from './read-http-fixture.js'

/** The requests of fixtures/requests, mapped: their expectations were written from the facts, before the mapping. */
describe.each(operationNames)('%s', (operation) => {
  test.each(readHttpFixture(operation).map((fixture): [string, HttpFixture] => [fixture.name, fixture]))('%s', async (_, fixture) => {
    const { case: expected } = fixture
    const routed = routeRequest(fixture.http, fixture.addressing)
    const plan = routed.kind === 'error' ? routed : await planOf(routed, fixture)
    if ('error' in expected) {
      expect(plan.kind === 'error' ? { code: plan.code, status: plan.status } : briefly(plan)).toEqual(expected.error)
      return
    }
    expect(plan, 'an error').toMatchObject({ kind: 'plan' })
    if (plan.kind === 'error' || routed.kind === 'error') return
    expect(routed.operation.name).toBe(expected.operation)
    expectQuestions(plan.questions, expected.questions)
    expectQuestions(plan.ifSourceIsTagged, expected.ifSourceIsTagged ?? [])
    expectQuestions(plan.ifMissing === undefined ? [] : [plan.ifMissing], expected.ifMissing === undefined ? [] : [expected.ifMissing])
    expect(plan.trims.map(({ headers }) => [...headers].sort())).toEqual((expected.trims ?? []).map(({ headers }) => [...headers].sort()))
    expectQuestions(
      plan.trims.map(({ question }) => question),
      (expected.trims ?? []).map(({ question }) => question),
    )
    expect(plan.objects?.map(({ key, versionId }) => ({ key, versionId }))).toEqual(
      expected.objects?.map(({ key, versionId }) => ({ key, versionId })),
    )
    for (const [index, object] of (plan.objects ?? []).entries()) {
      expectQuestions(object.questions, expected.objects?.[index]?.questions ?? [])
    }
  })
})

async function planOf(request: S3Request, fixture: HttpFixture): Promise<RequestPlan | S3Error> {
  const body = await bodyOf(request, fixture)
  return body?.kind === 'error' ? body : planRequest(request, fixture.facts, body)
}

async function bodyOf({ operation }: S3Request, { http, body }: HttpFixture): Promise<S3Body | FormFields | S3Error | undefined> {
  if (operation.body === undefined || body === undefined) return undefined
  if (operation.body.kind !== 'form') return readBody(operation.body.kind, body)
  const form = await readForm(http.headers, Readable.from([body]))
  if (form.kind === 'error') return form
  form.file.stream.on('error', () => {}).resume()
  const tagging = form.fields.get('tagging')
  const tags = tagging === undefined ? undefined : readBody('tagging', Buffer.from(tagging))
  if (tags?.kind === 'error') return tags
  return {
    kind: 'form',
    fields: form.fields,
    ...(form.file.name === undefined ? {} : { fileName: form.file.name }),
    ...(tags?.kind === 'tagging' ? { tags: tags.tags } : {}),
  }
}

function briefly({ questions, ifSourceIsTagged }: RequestPlan): unknown {
  return [...questions, ...ifSourceIsTagged].map(({ action }) => action)
}

function expectQuestions(questions: readonly AuthorizationRequest[], expected: readonly ExpectedQuestion[]): void {
  expect(questions.map(({ action, bucket, key }) => ({ action, bucket, key }))).toEqual(
    expected.map(({ action, bucket, key }) => ({ action, bucket, key })),
  )
  for (const [index, { context = {} }] of expected.entries()) {
    const given = RequestContext.from(questions[index]?.context)
    const names = Object.keys(context)
    const values = (value: (name: string) => unknown) => names.map((name) => [questions[index]?.action, name, value(name)])
    expect(values((name) => shown(given.valueOf(name)))).toEqual(values((name) => expectedValue(context[name])))
  }
}

function shown(value: ReturnType<RequestContext['valueOf']>): unknown {
  if (value === UNKNOWN) return 'unknown'
  return typeof value === 'string' ? [value] : (value ?? [])
}

function expectedValue(value: ExpectedValue | undefined): unknown {
  if (typeof value === 'string') return [value]
  if (value === null || value === undefined) return []
  return 'unknown' in value ? 'unknown' : value
}
