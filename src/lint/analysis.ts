import type { AccessQuestion } from '../analyze/questions/access-question.js'
import { type AccessAnswer, ever } from '../analyze/questions/allowed.js'
import { diff } from '../analyze/questions/diff.js'
import { examineStatements, type StatementReport } from '../analyze/questions/examine-statements.js'
import { type PublicReport, publicAccess } from '../analyze/questions/public-access.js'
import { scenesOf } from '../analyze/scene/scene.js'
import { isPolicySubject, type PolicySubject, type Subject } from '../analyze/scene/subject.js'
import type { Snapshot } from '../snapshot/snapshot.js'

/** The analyser's answers about one subject, each worked out once, and only when a rule asks. */
export class Analysis {
  private readonly answers = new Map<string, unknown>()

  /** @param subject absent if the policy cannot be analysed, for the reason given */
  constructor(
    readonly subject: Subject | undefined,
    /** Why not: what follows a "because"; `undefined` where rules need not say so, because an error has been found already. */
    readonly unavailable?: string,
  ) {}

  /** The subject, if it is a policy and no snapshot. */
  get policySubject(): PolicySubject | undefined {
    return this.subject !== undefined && isPolicySubject(this.subject) ? this.subject : undefined
  }

  statements(): readonly StatementReport[] {
    return this.ask('statements', (subject) => examineStatements(subject)) ?? []
  }

  publicAccess(): readonly PublicReport[] {
    return this.ask('public', (subject) => publicAccess(subject)) ?? []
  }

  ever(question: AccessQuestion) {
    return this.ask(`ever ${JSON.stringify(question)}`, (subject) => ever(subject, question))
  }

  /** The same of another policy that is made from this one. @param name the same for the same policy and question */
  everIn(
    name: string,
    make: (subject: PolicySubject) => PolicySubject,
    question: AccessQuestion,
  ): AccessAnswer<'possible' | 'never'> | undefined {
    return this.ask(`ever in ${name}`, (subject) => (isPolicySubject(subject) ? ever(make(pinned(subject)), question) : undefined))
  }

  /** The same of another snapshot that is made from this one. @param name the same for the same snapshot */
  everInSnapshot(name: string, make: (snapshot: Snapshot) => Snapshot, question: AccessQuestion) {
    return this.ask(`ever ${name} ${JSON.stringify(question)}`, (subject) =>
      isPolicySubject(subject) ? undefined : ever(make(subject), question),
    )
  }

  /** The difference to another subject: what that would allow and deny instead. */
  diffTo(name: string, make: (subject: Subject) => Subject) {
    return this.ask(`diff ${name}`, (subject) => diff(subject, make(subject)))
  }

  private ask<Answer>(name: string, answer: (subject: Subject) => Answer): Answer | undefined {
    if (this.subject === undefined) return undefined
    if (!this.answers.has(name)) this.answers.set(name, answer(this.subject))
    return this.answers.get(name) as Answer
  }
}

/** With the bucket and the owner that follow from the policy, so that a change of the policy changes neither. */
function pinned(subject: PolicySubject): PolicySubject {
  const [scene] = scenesOf([subject])
  const owner = scene?.sides[0]?.owner
  return { ...subject, ...(scene?.place.kind === 'bucket' && { bucket: scene.place.name }), ...(owner !== undefined && { owner }) }
}
