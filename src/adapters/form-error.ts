import { BodyError } from '../gate/verified-pieces.js'

/** What a file's stream ends with if the form turns out wrong after its file has begun. The file does not count as received then. */
export class FormError extends BodyError {
  override readonly name: string = 'FormError'
}
