/** The types of files by the end of their names: those that people upload most. */
const types: ReadonlyMap<string, string> = new Map([
  ['avif', 'image/avif'],
  ['csv', 'text/csv'],
  ['gif', 'image/gif'],
  ['heic', 'image/heic'],
  ['html', 'text/html'],
  ['jpeg', 'image/jpeg'],
  ['jpg', 'image/jpeg'],
  ['json', 'application/json'],
  ['mov', 'video/quicktime'],
  ['mp3', 'audio/mpeg'],
  ['mp4', 'video/mp4'],
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['svg', 'image/svg+xml'],
  ['tif', 'image/tiff'],
  ['tiff', 'image/tiff'],
  ['txt', 'text/plain'],
  ['wav', 'audio/wav'],
  ['webm', 'video/webm'],
  ['webp', 'image/webp'],
  ['zip', 'application/zip'],
])

/** The type of a file, if its name tells one that begins so. */
export function mediaTypeOf(fileName: string, beginning: string): string | undefined {
  const type = types.get(fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase())
  return type?.startsWith(beginning) ? type : undefined
}
