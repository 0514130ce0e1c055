import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FormError } from '../../src/adapters/form-error.js'
import { readForm } from '../../src/adapters/read-form.js'
import { readFormOf } from '../../src/adapters/read-form-data.js'
import { HeaderList } from '../../src/http/header-list.js'
import { BOUNDARY, FORM_TYPE, field, file, form, type Part, readers } from './forms.js'

const key = field('key', 'user/eric/${filename}')
const jpeg = 'data:\xff\xd8\xff\r\n--not-the-boundary\r\n\0'
const image = file(Uint8Array.from(jpeg, (character) => character.charCodeAt(0)))
const bytes = (...values: number[]) => Uint8Array.from(values)
const part = (head: string, body: string | Uint8Array = 'x'): Part => ({ head, body })
const named = (disposition: string, body = 'x') => part(`Content-Disposition: ${disposition}`, body)

describe.each(readers)('%s', (_, read) => {
  const outcome = async (...[body, asked]: Parameters<typeof read>) => {
    const result = await read(body, asked)
    return 'error' in result ? result.error.code : result
  }

  test('a form as browsers send it', async () => {
    expect(
      await read(form([key, field('x-amz-meta-tag', ''), field('Content-Type', 'image/jpeg'), image, field('submit', 'Upload')])),
    ).toEqual({
      fields: { key: 'user/eric/${filename}', 'x-amz-meta-tag': '', 'content-type': 'image/jpeg' },
      name: 'a.jpg',
      contentType: 'image/jpeg',
      content: jpeg,
    })
  })

  test('what comes after the file counts for nothing', async () => {
    expect(await read(form([key, image, field('acl', 'public-read'), field('key', 'other')]))).toMatchObject({
      fields: { key: 'user/eric/${filename}' },
    })
  })

  describe('fields and files that are read', () => {
    test.each([
      ['names in any case', [field('KEY', 'a'), field('X-Amz-Date', 'd'), image], { fields: { key: 'a', 'x-amz-date': 'd' } }],
      ['a name without quotes', [named('form-data; name=key', 'a'), image], { fields: { key: 'a' } }],
      ['headers in other spelling', [part('content-DISPOSITION:  Form-Data ;  NAME="key"', 'a'), image], { fields: { key: 'a' } }],
      [
        'a field with a file’s name and type',
        [part('Content-Disposition: form-data; name="key"; filename="k"\r\nContent-Type: application/octet-stream', 'a'), image],
        { fields: { key: 'a' } },
      ],
      [
        'a charset that is not followed',
        [part('Content-Disposition: form-data; name="key"\r\nContent-Type: text/plain; charset=utf-16', 'ab'), image],
        { fields: { key: 'ab' } },
      ],
      [
        'a transfer encoding that is not followed',
        [part('Content-Disposition: form-data; name="key"\r\nContent-Transfer-Encoding: base64', 'YQ=='), image],
        { fields: { key: 'YQ==' } },
      ],
      ['UTF-8', [field('key', 'ä/\u{1f600}\ufffd\ufeff'), image], { fields: { key: 'ä/\u{1f600}\ufffd\ufeff' } }],
      ['a byte order mark', [field('key', '\ufeffa'), image], { fields: { key: '\ufeffa' } }],
      ['line ends', [field('key', '\r\na\r\n\r\n'), image], { fields: { key: '\r\na\r\n\r\n' } }],
      ['names of the prototype', [field('constructor', 'c'), image], { fields: { constructor: 'c' } }],
      ['no fields', [image], { fields: {} }],
      ['a file whose name is in capitals', [named('form-data; name="FILE"; filename="b"', 'x')], { name: 'b', content: 'x' }],
      ['an empty file', [file('')], { content: '' }],
      ['a file without name', [named('form-data; name="file"', 'text')], { content: 'text' }],
      ['a file’s name with directories', [file('x', '/home/eric/a b.jpg')], { name: 'a b.jpg' }],
      ['a file’s name from Windows', [file('x', 'C:\\photos\\a.jpg')], { name: 'a.jpg' }],
      ['a file named `..`', [file('x', 'a/..')], { name: '..' }],
      ['a file’s name in UTF-8', [file('x', 'ü.jpg')], { name: 'ü.jpg' }],
      ['a file’s name with a quote', [file('x', 'a\\"b.jpg')], { name: 'a"b.jpg' }],
      ['a file’s name with a semicolon', [file('x', 'a;b=c.jpg')], { name: 'a;b=c.jpg' }],
      ['dashes and line ends in the file', [file('--\r\n--\r\n\r\n-')], { content: '--\r\n--\r\n\r\n-' }],
    ] as const)('%s', async (_, parts, expected) => {
      expect(await outcome(form(parts))).toMatchObject(expected)
    })
  })

  describe('forms that are refused', () => {
    test.each([
      ['no file', form([key]), 'InvalidArgument'],
      ['two files', form([key, image, image]), 'InvalidArgument'],
      ['two files, one in capitals', form([key, image, named('form-data; name="File"')]), 'InvalidArgument'],
      ['a field twice', form([key, key, image]), 'InvalidArgument'],
      ['a field twice, once in capitals', form([key, field('Key', 'b'), image]), 'InvalidArgument'],
      ['a field twice, once empty', form([field('acl', ''), field('acl', 'private'), image]), 'InvalidArgument'],
      ['a field that is not UTF-8', form([field('key', bytes(0x61, 0xff)), image]), 'InvalidArgument'],
      ['an overlong `/`', form([field('key', bytes(0xc0, 0xaf)), image]), 'InvalidArgument'],
      [
        'a file’s name that is not UTF-8',
        form([{ head: 'Content-Disposition: form-data; name="file"; filename="@"', body: 'x' }]).map((byte) =>
          byte === 0x40 ? 0xff : byte,
        ),
        'InvalidArgument',
      ],
      ['no parts', form([]), 'InvalidArgument'],
      ['nothing', new Uint8Array(), 'MalformedPOSTRequest'],
      ['another boundary', form([key, image], { boundary: 'other' }), 'MalformedPOSTRequest'],
      ['no end', form([key, image], { end: '\r\n' }), 'MalformedPOSTRequest'],
      ['an end with one dash', form([key, image], { end: '-' }), 'MalformedPOSTRequest'],
      ['a part without headers', form([part(''), image]), 'MalformedPOSTRequest'],
      ['a part without disposition', form([part('Content-Type: text/plain'), image]), 'MalformedPOSTRequest'],
      [
        'a part with two dispositions',
        form([part('Content-Disposition: form-data; name="key"\r\nContent-Disposition: form-data; name="acl"'), image]),
        'MalformedPOSTRequest',
      ],
      ['a part with two names', form([named('form-data; name="key"; name="acl"'), image]), 'MalformedPOSTRequest'],
      ['a blank before the equals sign', form([named('form-data; name ="key"'), image]), 'MalformedPOSTRequest'],
      ['a blank behind the equals sign', form([named('form-data; name= "key"'), image]), 'MalformedPOSTRequest'],
      ['a tab before it, of the file', form([key, named('form-data; name\t="file"')]), 'MalformedPOSTRequest'],
      ['a part without name', form([named('form-data'), image]), 'MalformedPOSTRequest'],
      ['a part with an empty name', form([named('form-data; name=""'), image]), 'MalformedPOSTRequest'],
      ['a part with an encoded name', form([named("form-data; name*=UTF-8''key"), image]), 'MalformedPOSTRequest'],
      [
        'a file with an encoded name too',
        form([named('form-data; name="file"; filename="a"; filename*=UTF-8\'\'b')]),
        'MalformedPOSTRequest',
      ],
      ['a file with two names', form([named('form-data; name="file"; filename="a"; filename="b"')]), 'MalformedPOSTRequest'],
      [
        'a file with two types',
        form([part('Content-Disposition: form-data; name="file"\r\nContent-Type: a/b\r\nContent-Type: c/d')]),
        'MalformedPOSTRequest',
      ],
      ['an attachment', form([named('attachment; name="key"'), image]), 'MalformedPOSTRequest'],
      ['a quote without end', form([named('form-data; name="key'), image]), 'MalformedPOSTRequest'],
      ['text after a quote', form([named('form-data; name="key"x'), image]), 'MalformedPOSTRequest'],
      ['a name with a space', form([named('form-data; name="key "'), image]), 'MalformedPOSTRequest'],
      ['a name with a tab', form([named('form-data; name="ke\ty"'), image]), 'MalformedPOSTRequest'],
      ['a name outside ASCII', form([named('form-data; name="kéy"'), image]), 'MalformedPOSTRequest'],
      ['a folded header', form([part('Content-Disposition: form-data;\r\n name="key"'), image]), 'MalformedPOSTRequest'],
      ['a header line that is none', form([part('nothing\r\nContent-Disposition: form-data; name="key"'), image]), 'MalformedPOSTRequest'],
      ['a bare line feed in the headers', form([part('Content-Disposition: form-data; name="key"\nX: y'), image]), 'MalformedPOSTRequest'],
      ['a boundary that goes on', form([key, image], { boundary: `${BOUNDARY}x` }), 'MalformedPOSTRequest'],
      ['the boundary in the file', form([file(`a\r\n--${BOUNDARY}\r\nb`)]), 'MalformedPOSTRequest'],
      [
        'a part cut off in its headers',
        new Uint8Array(
          Buffer.from(
            `--${BOUNDARY}\r\nContent-Disposition: form-data; name="acl"\r\n--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--${BOUNDARY}--\r\n`,
          ),
        ),
        'MalformedPOSTRequest',
      ],
      [
        'many header lines',
        form([part(`Content-Disposition: form-data; name="key"${'\r\na: b'.repeat(20)}`), image]),
        'MalformedPOSTRequest',
      ],
      [
        'long header lines',
        form([part(`Content-Disposition: form-data; name="key"\r\na: ${'b'.repeat(5_000)}`), image]),
        'MalformedPOSTRequest',
      ],
      [
        'a long header before the disposition',
        form([part(`a: ${'b'.repeat(100_000)}\r\nContent-Disposition: form-data; name="key"`), image]),
        'MalformedPOSTRequest',
      ],
      ['101 fields', form([...Array.from({ length: 101 }, (_, i) => field(`f${i}`, '')), image]), 'MaxPostPreDataLengthExceededError'],
      [
        'fields of more than 20 KB',
        form([field('a', 'x'.repeat(10_240)), field('b', 'x'.repeat(10_240)), image]),
        'MaxPostPreDataLengthExceededError',
      ],
      ['a field of 10 MB', form([field('a', 'x'.repeat(10_485_760)), image]), 'MaxPostPreDataLengthExceededError'],
      ['eleven fields after the file', form([image, ...Array.from({ length: 11 }, () => field('a', ''))]), 'MalformedPOSTRequest'],
      ['100,000 tiny parts', form(Array.from({ length: 100_000 }, (_, i) => field(`a${i}`, ''))), 'MaxPostPreDataLengthExceededError'],
      ['100,000 empty parts', form(Array.from({ length: 100_000 }, () => part('', ''))), 'MalformedPOSTRequest'],
      [
        '100,000 tiny parts after the file',
        form([image, ...Array.from({ length: 100_000 }, () => field('a', ''))]),
        'MalformedPOSTRequest',
      ],
      [
        'a header line that is none between two dispositions',
        form([part('Content-Disposition: form-data; name="key"\r\nnothing\r\nContent-Disposition: form-data; name="acl"'), image]),
        'MalformedPOSTRequest',
      ],
      [
        'a broken header line of the file',
        form([key, part('Content-Disposition: form-data; name="file"\r\nnothing\r\nContent-Type: a/b')]),
        'MalformedPOSTRequest',
      ],
    ])('%s', async (_, body, expected) => {
      expect(await outcome(body)).toBe(expected)
    })

    test('much text before the first boundary', async () => {
      const late = (size: number) => new Uint8Array(Buffer.concat([Buffer.alloc(size, 'x'), Buffer.from('\r\n'), form([key, image])]))
      expect(await outcome(late(1_000))).toMatchObject({ content: jpeg })
      expect(await outcome(late(200_000))).toBe('MaxPostPreDataLengthExceededError')
    })

    test('a million tiny parts', async () => {
      const tiny = Buffer.from(`\r\n--${BOUNDARY}\r\n\r\n`)
      const body = Buffer.concat([tiny.subarray(2), Buffer.alloc(tiny.length * 700_000, tiny)])
      expect(await outcome(body)).toMatch(/MalformedPOSTRequest|EntityTooLarge/)
    })

    test('a file past its limit', async () => {
      expect(await outcome(form([file('12345')]), { limits: { maxFileBytes: 5 } })).toMatchObject({ content: '12345' })
      expect(await outcome(form([file('123456')]), { limits: { maxFileBytes: 5 } })).toBe('EntityTooLarge')
    })

    test('a body that goes on', async () => {
      expect(await outcome(form([image], { end: `--${' '.repeat(1_024)}` }))).toMatchObject({ content: jpeg })
      expect(await outcome(form([image], { end: `--${' '.repeat(100_000)}` }))).toBe('MalformedPOSTRequest')
    })
  })

  describe('Content-Type', () => {
    test.each([
      [FORM_TYPE, undefined],
      [`multipart/form-data; boundary="${BOUNDARY}"`, undefined],
      [`Multipart/Form-Data;charset=utf-8;BOUNDARY=${BOUNDARY}`, undefined],
      ['application/x-www-form-urlencoded', 'PreconditionFailed'],
      [`multipart/mixed; boundary=${BOUNDARY}`, 'PreconditionFailed'],
      [`multipart/form-data2; boundary=${BOUNDARY}`, 'PreconditionFailed'],
      ['text/plain', 'PreconditionFailed'],
      ['multipart/form-data', 'MalformedPOSTRequest'],
      ['multipart/form-data; boundary=', 'MalformedPOSTRequest'],
      ['multipart/form-data; boundary=""', 'MalformedPOSTRequest'],
      [`multipart/form-data; boundary=${BOUNDARY}; boundary=other`, 'MalformedPOSTRequest'],
      [`multipart/form-data; boundary =${BOUNDARY}`, 'MalformedPOSTRequest'],
      [`multipart/form-data; boundary= ${BOUNDARY}`, 'MalformedPOSTRequest'],
      [`multipart/form-data; boundary =other; boundary=${BOUNDARY}`, 'MalformedPOSTRequest'],
      [`multipart/form-data; boundary*=UTF-8''${BOUNDARY}`, 'MalformedPOSTRequest'],
      [`multipart/form-data; boundary="${BOUNDARY}`, 'MalformedPOSTRequest'],
      [`multipart/form-data; boundary=${'a'.repeat(71)}`, 'MalformedPOSTRequest'],
      ['multipart/form-data; boundary=a\\b', 'MalformedPOSTRequest'],
      ['multipart/form-data; boundary=a\tb', 'MalformedPOSTRequest'],
    ])('%s', async (type, code) => {
      const result = await read(form([key, image]), { type })
      expect('error' in result ? result.error.code : undefined).toBe(code)
    })

    test('a boundary of every character that it may have', async () => {
      const boundary = "0aZ'()+_,-./:=? x"
      expect(await outcome(form([key, image], { boundary }), { type: `multipart/form-data; boundary="${boundary}"` })).toMatchObject({
        content: jpeg,
      })
    })
  })

  test('what S3 says', async () => {
    expect(await read(form([key]))).toMatchObject({
      error: { status: 400, message: 'POST requires exactly one file upload per request.', detail: { ArgumentName: 'file' } },
    })
    expect(await read(form([key, image, image]))).toMatchObject({
      error: { status: 400, message: 'POST requires exactly one file upload per request.' },
    })
    expect(await read(form([key, key, image]))).toMatchObject({ error: { status: 400, detail: { ArgumentName: 'key' } } })
    expect(await read(form([]), { type: 'text/plain' })).toMatchObject({
      error: { status: 412, detail: { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' } },
    })
  })

  test('the result does not depend on how the body is cut into chunks', async () => {
    const body = form([key, field('acl', 'private'), image, field('submit', 'x')])
    const expected = await read(body)
    expect(expected).toMatchObject({ content: jpeg })
    for (const chunk of [1, 2, 3, 5, 7, 11, 37, 41, 64, 100, 250]) expect(await read(body, { chunk })).toEqual(expected)
  })

  test('a form that is cut anywhere is refused, and never counts as received', async () => {
    const body = form([key, image])
    for (let end = 0; end < body.length - 2; end++) expect(await outcome(body.subarray(0, end)), `${end}`).toBe('MalformedPOSTRequest')
    expect(await outcome(body.subarray(0, -2))).toMatchObject({ content: jpeg })
  })

  test('random forms are read as they were written', async () => {
    const safe = fc.string({ unit: 'binary', maxLength: 200 }).filter((text) => !text.includes(BOUNDARY))
    const fields = fc.uniqueArray(
      fc.tuple(
        fc.stringMatching(/^[a-z][a-z-]{0,20}$/).filter((name) => name !== 'file'),
        safe,
      ),
      { selector: ([name]) => name, maxLength: 10 },
    )
    await fc.assert(
      fc.asyncProperty(fields, fc.uint8Array({ maxLength: 500 }), fc.integer({ min: 1, max: 600 }), async (pairs, content, chunk) => {
        const written = pairs.map(([name, value]) => [name, Buffer.from(value).toString()] as const)
        expect(await read(form([...written.map(([name, value]) => field(name, value)), file(content)]), { chunk })).toEqual({
          fields: Object.fromEntries(written),
          name: 'a.jpg',
          contentType: 'image/jpeg',
          content: Buffer.from(content).toString('latin1'),
        })
      }),
      { numRuns: 200 },
    )
  })

  test('random bytes and mutated forms are told, never thrown', async () => {
    const parts = [
      '--',
      BOUNDARY,
      '\r\n',
      '\r',
      '\n',
      'Content-Disposition: form-data; name="file"',
      ';',
      '"',
      'a',
      ':',
      '\\',
      '\0',
      'name=',
      'filename*=',
      'ÿ',
    ]
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(fc.constantFrom(...parts), { maxLength: 40 })
        .map((texts) => new Uint8Array(Buffer.from(`--${BOUNDARY}\r\n${texts.join('')}`))),
    )
    await fc.assert(
      fc.asyncProperty(bodies, fc.integer({ min: 1, max: 100 }), async (body, chunk) => {
        const result = await read(body, { chunk })
        expect('error' in result || 'content' in result).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('readForm, as the body comes', () => {
  const headers = HeaderList.of([['content-type', FORM_TYPE]])
  const body = form([key, image])
  const fileStart = Buffer.from(body).indexOf('data:')

  test('it answers as soon as the file begins, and the file ends only with the form', async () => {
    const source = new PassThrough()
    source.write(body.subarray(0, fileStart + 4))
    const result = await readForm(headers, source)
    if (result.kind === 'error') throw new Error(result.code)
    expect(result.fields.get('key')).toBe('user/eric/${filename}')
    const content = buffer(result.file.stream)
    source.end(body.subarray(fileStart + 4))
    expect((await content).toString('latin1')).toBe(jpeg)
    expect(result.file.size()).toBe(jpeg.length)
  })

  test('a second file destroys the first one’s stream, even if nobody reads it yet', async () => {
    const source = new PassThrough()
    const both = form([key, file('x'), file('y')])
    source.write(both.subarray(0, -80))
    const result = await readForm(headers, source)
    if (result.kind === 'error') throw new Error(result.code)
    source.end(both.subarray(-80))
    await new Promise((resolve) => setImmediate(resolve))
    await expect(buffer(result.file.stream)).rejects.toThrow('exactly one file')
  })

  test('a connection that breaks off in the fields is IncompleteBody', async () => {
    const source = new PassThrough()
    source.write(body.subarray(0, fileStart - 60))
    setImmediate(() => source.destroy(new Error('aborted')))
    expect(await readForm(headers, source)).toMatchObject({ code: 'IncompleteBody', reason: 'aborted' })
  })

  test('a connection that breaks off in the file destroys its stream', async () => {
    const source = new PassThrough()
    source.write(body.subarray(0, fileStart + 4))
    const result = await readForm(headers, source)
    if (result.kind === 'error') throw new Error(result.code)
    source.destroy(new Error('aborted'))
    const error = await buffer(result.file.stream).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(FormError)
    expect((error as FormError).error.code).toBe('IncompleteBody')
  })

  test('the body is taken no faster than the file is read', async () => {
    let given = 0
    function* endless(): Generator<Buffer> {
      yield Buffer.from(body.subarray(0, fileStart))
      for (; given < 10_000; given++) yield Buffer.alloc(10_000)
    }
    const result = await readForm(headers, Readable.from(endless()))
    if (result.kind === 'error') throw new Error(result.code)
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(given).toBeLessThan(100)
    result.file.stream.destroy()
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve))
    expect(given).toBeLessThan(100)
  })

  test('a wrong form can still be answered on its connection', async () => {
    const server = createServer(async (request, response) => {
      const result = await readForm(HeaderList.ofRaw(request.rawHeaders), request)
      response.writeHead(result.kind === 'error' ? result.status : 204).end(result.kind === 'error' ? result.code : undefined)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    try {
      const twice = form([key, key, image])
      const answer = await fetch(`http://127.0.0.1:${port}/photos`, {
        method: 'POST',
        headers: { 'content-type': FORM_TYPE },
        body: twice as Uint8Array<ArrayBuffer>,
      })
      expect([answer.status, await answer.text()]).toEqual([400, 'InvalidArgument'])
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  test('a form that fetch itself writes', async () => {
    const data = new FormData()
    data.append('key', 'ä.jpg')
    data.append('file', new Blob(['content'], { type: 'text/plain' }), 'b "c".txt')
    const request = new Request('http://localhost/', { method: 'POST', body: data })
    const written = new Uint8Array(await request.clone().arrayBuffer())
    const type = request.headers.get('content-type') as string
    for (const [, read] of readers) {
      expect(await read(written, { type })).toEqual({
        fields: { key: 'ä.jpg' },
        name: 'b %22c%22.txt',
        contentType: 'text/plain',
        content: 'content',
      })
    }
  })
})

describe('readFormOf and Content-Length', () => {
  const body = form([key, image])
  const request = (length: string | undefined, content: Uint8Array | undefined = body) =>
    new Request('http://localhost/photos', {
      method: 'POST',
      headers: { 'content-type': FORM_TYPE, ...(length === undefined ? {} : { 'content-length': length }) },
      ...(content === undefined ? {} : { body: content as Uint8Array<ArrayBuffer> }),
    })

  test.each([
    ['none', undefined, 'MissingContentLength'],
    ['no number', 'many', 'MissingContentLength'],
    ['two', `${body.length}, ${body.length}`, 'MissingContentLength'],
    ['negative', '-1', 'MissingContentLength'],
    ['hexadecimal', '0x10', 'MissingContentLength'],
    ['too small', String(body.length - 1), 'IncompleteBody'],
    ['too large', String(body.length + 1), 'IncompleteBody'],
    ['past the limit', String(33 * 1024 * 1024), 'EntityTooLarge'],
    ['right', String(body.length), undefined],
  ])('%s', async (_, length, code) => {
    const result = await readFormOf(request(length))
    expect(result.kind === 'error' ? result.code : undefined).toBe(code)
  })

  test('a body that breaks off', async () => {
    const broken = Readable.toWeb(
      Readable.from(
        (function* () {
          yield Buffer.from(body.subarray(0, 50))
          throw new Error('aborted')
        })(),
      ),
    ) as ReadableStream<Uint8Array>
    const headers = { 'content-type': FORM_TYPE, 'content-length': String(body.length) }
    const result = await readFormOf(
      new Request('http://localhost/', { method: 'POST', headers, body: broken, duplex: 'half' } as RequestInit),
    )
    expect(result).toMatchObject({ code: 'IncompleteBody' })
  })
})
