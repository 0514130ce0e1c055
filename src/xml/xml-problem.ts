/** Why a document was refused, in words for the operator's log. A class, so that it is told apart from whatever a shape reads. */
export class XmlProblem {
  constructor(readonly text: string) {}
}
