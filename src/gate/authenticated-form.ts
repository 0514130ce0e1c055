import type { PostForm } from '../sigv4/verify-post-form.js'
import type { ReceivedFile } from './incoming-request.js'

/** A form whose signature and policy are right, but for the size of its file. */
export interface AuthenticatedForm extends PostForm {
  readonly file: ReceivedFile
}
