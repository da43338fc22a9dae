import { type TSchema, Type } from 'typebox'
import { code } from '../fields/code.ts'
import { flag } from '../fields/flag.ts'
import { instant } from '../fields/instant.ts'
import { several } from '../fields/list.ts'
import { freeText } from '../fields/personal.ts'
import { part } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { taskRoles } from '../task/roles.ts'

const name = text('What kind of task it is: resolve-refusal, map-code.')
const origin = Type.Optional(text('Hub id of the object that asked. Absent: nobody waits for the answer but people.'))
const objects = several('Objects that it is about.', text('Hub id of one of them.'))
const question = freeText(text('What has to be decided, for people.'))
const role = code('Who has to decide.', taskRoles)
const by = text('Key that said so, and after a slash the person that it named; hub for the hub itself.')
const reason = freeText(text('Why, in words of the person. Empty: nothing was said.'))
const decision = text('Name of one of the decisions of the task.')
const field = part('decision_field', 'One member of what belongs to a decision.', {
  name: text('Name of the member.'),
  label: freeText(text('What people see.')),
  kind: text('How it is written: text, amount (a decimal), day (YYYY-MM-DD) or choice (one of the values).'),
  values: Type.Optional(several('All that is possible. Absent: it is no choice.', text('One of them.'))),
  isOptional: Type.Optional(flag('Yes: it may be left out. Absent: it must be there.')),
})
const choice = part('task_choice', 'One of the decisions that are possible. There are no others.', {
  name: text('What it is called in a decision.'),
  label: freeText(text('What people see.')),
  consequence: freeText(text('What happens then.')),
  fourEyes: Type.Optional(flag('Yes: two different people have to decide the same. Absent: one is enough.')),
  reasonRequired: Type.Optional(flag('Yes: it needs a reason. Absent: it may have one.')),
  fields: Type.Optional(several('What belongs to it. Absent: nothing.', field)),
  needs: Type.Optional(several('What its data must say. Absent: nothing.', text('Name of a member.'))),
})
const late = { name, role, question, objects, due: instant('When it should have been decided at the latest.') }

/** Facts about what people have to decide. */
export const taskFacts: Readonly<Record<string, TSchema>> = {
  'task.approved': part(
    'task_approval',
    'The first of two people decided. Written by the hub with each decision that needs another person; nothing follows from it yet.',
    { name, decision, by, reason },
  ),
  'task.completed': part(
    'task_outcome',
    'A task is over. Written by the hub when it was decided, by as many people as it takes, or when it need not be decided any more: then the decision is `obsolete`.',
    {
      task: text('Hub id that names it in lists, decisions and answers.'),
      name,
      origin,
      decision,
      by,
      reason,
      data: Type.Optional(
        Type.Record(Type.String(), Type.Unknown(), {
          description: 'What belongs to the decision: a number, a code. Absent: nothing does.',
        }),
      ),
    },
  ),
  'task.decision_refused': part(
    'refused_decision',
    'A decision came too late or is none of those that are possible, and changes nothing. Written by the hub when two people decide at the same moment.',
    { name, decision, by, code: text('Why, as a code of the table of errors: TASK_CLOSED.') },
  ),
  'task.escalated': part(
    'task_escalation',
    'A task was not decided in time, and somebody else has to look at it too. Written by the hub after task.overdue where the task says who.',
    { ...late, escalateTo: code('Who has to look at it.', taskRoles) },
  ),
  'task.opened': part(
    'task_opening',
    'A person has to decide something. Written by the hub once for each question, however often it is asked.',
    {
      name,
      origin,
      objects,
      role,
      question,
      decisions: several('What is possible.', choice),
      dueAt: Type.Optional(instant('When it has to be decided. Absent: some time.')),
      escalateTo: Type.Optional(code('Who has to look at it after that. Absent: nobody else.', taskRoles)),
    },
  ),
  'task.overdue': part(
    'late_task',
    'A task was not decided in time. Written by the hub when that time is over; it can still be decided.',
    late,
  ),
}
