import { createHash } from 'node:crypto'
import type { PresignedForm } from '../presign/presigned-form.js'
import { timeText } from './outlook.js'

/**
 * A page with which people upload one file, whole in itself: nothing is loaded from elsewhere, and it works without its script, which only saves
 * uploads that the server would refuse.
 */
export function uploadPage(form: PresignedForm): string {
  const { url, fields, bucket } = form
  const hidden = Object.entries(fields).map(([name, value]) => `    <input type="hidden" name="${html(name)}" value="${html(value)}">`)
  // What is shown after the upload is the server's answer; where it sends the browser on, the page gives way.
  const staysHere = !Object.keys(fields).some((name) => REDIRECTS.has(name.toLowerCase()))
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${html(contentPolicy(form))}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Upload to ${html(bucket)}</title>
  <style>${STYLE}</style>
</head>
<body>
<main>
  <h1>Upload to ${html(bucket)}</h1>
  <p id="terms">${html(terms(form))}</p>
  <form action="${html(url)}" method="post" enctype="multipart/form-data"${staysHere ? ' target="answer"' : ''}${dataOf(form)}>
${hidden.join('\n')}
${typeField(form)}    <p><label for="file">File</label> <input type="file" id="file" name="file" required aria-describedby="terms"${accept(form)}></p>
    <p><button type="submit">Upload</button></p>
  </form>
  <p id="status" role="status"></p>
${staysHere ? '  <iframe name="answer" title="Answer of the server"></iframe>\n' : ''}</main>
<script>${SCRIPT}</script>
</body>
</html>
`
}

const REDIRECTS: ReadonlySet<string> = new Set(['success_action_redirect', 'redirect'])

function contentPolicy({ url, fields }: PresignedForm): string {
  const { origin } = new URL(url)
  const redirects = Object.entries(fields).flatMap(([name, value]) =>
    REDIRECTS.has(name.toLowerCase()) && URL.canParse(value) ? [new URL(value).origin] : [],
  )
  return [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    `script-src ${hashOf(SCRIPT)}`,
    `form-action ${[origin, ...redirects].join(' ')}`,
    `frame-src ${origin}`,
    "base-uri 'none'",
  ].join('; ')
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}

function terms({ key, fields, typePrefix, size, request }: PresignedForm): string {
  const type = typePrefix === undefined ? fields['Content-Type'] : `${typePrefix}…`
  const parts = [
    typeof key === 'string' ? `One file, stored as ${key}` : `One file at a time, stored as ${key.prefix} and the file's name`,
    ...(type === undefined ? [] : [`of type ${type}`]),
    ...(size === undefined ? [] : [`from ${bytes(size.min)} to ${bytes(size.max)}`]),
  ]
  return `${parts.join(', ')}. Until ${timeText(request.until)}.`
}

function bytes(count: number): string {
  return `${count.toLocaleString('en')} bytes`
}

function typeField({ typePrefix }: PresignedForm): string {
  if (typePrefix === undefined) return ''
  return `    <p><label for="type">Type</label> <input id="type" name="Content-Type" value="${html(typePrefix)}" required autocomplete="off"></p>\n`
}

function accept({ typePrefix, fields }: PresignedForm): string {
  const type = typePrefix === undefined ? fields['Content-Type'] : `${typePrefix}*`
  return type === undefined ? '' : ` accept="${html(type)}"`
}

/** What the script goes by. */
function dataOf({ typePrefix, size, request }: PresignedForm): string {
  const type = typePrefix === undefined ? '' : ` data-type="${html(typePrefix)}"`
  const range = size === undefined ? '' : ` data-min="${size.min}" data-max="${size.max}"`
  return `${type}${range} data-end="${request.until}"`
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
])

/** Text as content or attribute: what is markup, or turns the direction of text, as references. */
function html(text: string): string {
  let safe = ''
  for (const character of text) {
    const point = character.codePointAt(0) as number
    const isBidi = (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069)
    safe += entities.get(character) ?? (isBidi ? `&#${point};` : character)
  }
  return safe
}

const STYLE = `
    body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 40rem; padding: 0 1rem }
    :root { color-scheme: light dark }
    label { display: block; font-weight: 600 }
    input, button { font: inherit }
    iframe { border: 1px solid; height: 10rem; width: 100% }
  `

/** In a block, so that none of its names is one of the window's. */
const SCRIPT = `
{
  const form = document.querySelector('form')
  const file = document.getElementById('file')
  const type = document.getElementById('type')
  const status = document.getElementById('status')
  const { min, max, end, type: begins } = form.dataset
  const problemOf = (chosen) => {
    if (chosen === undefined) return ''
    if (Number(end) <= Date.now()) return 'The time for uploads is over.'
    if (min !== undefined && chosen.size < Number(min)) return 'The file is too small.'
    if (max !== undefined && chosen.size > Number(max)) return 'The file is too large.'
    return begins === undefined || type.value.startsWith(begins) ? '' : 'Files of this type are not taken.'
  }
  const check = () => file.setCustomValidity(problemOf(file.files[0]))
  file.addEventListener('change', () => {
    if (type !== null && file.files.length > 0) type.value = file.files[0].type || begins
    check()
    status.textContent = file.validationMessage
  })
  if (type !== null) type.addEventListener('input', check)
  // It may have become too late since the file was chosen.
  form.querySelector('button').addEventListener('click', check)
  form.addEventListener('submit', () => {
    status.textContent = 'Uploading …'
  })
  const answer = document.querySelector('iframe')
  if (answer !== null) {
    answer.addEventListener('load', () => {
      if (status.textContent !== '') status.textContent = 'The server has answered:'
    })
  }
}
`
