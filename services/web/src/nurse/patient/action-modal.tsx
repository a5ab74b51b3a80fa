import type { PlanInForce, PlannedContact, SamordnadPlan } from '../../api/plan.ts';
import { Modal } from '../../ui/modal.tsx';
import { SipPartForm, VisitForm, WrongNumberForm } from './actions.ts';

export type Action =
  | { readonly kind: 'visit' }
  | { readonly kind: 'part'; readonly part: PlanInForce['parts'][number] }
  | { readonly kind: 'wrong-number'; readonly contact: PlannedContact };

const titles: Readonly<Record<Action['kind'], string>> = {
  visit: 'Registrera besök',
  part: 'Ändra er del',
  'wrong-number': 'Numret är fel',
};

export interface ActionModalProps {
  readonly action: Action | null;
  readonly patient: string;
  readonly plan: SamordnadPlan;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** What is written about the patient, over the page that it is about. */
export function ActionModal({ action, patient, plan, onClose, onDone }: ActionModalProps) {
  if (!action) return null;
  return (
    <Modal title={titles[action.kind]} open onClose={onClose}>
      {action.kind === 'visit' && <VisitForm patient={patient} plan={plan} onDone={onDone} />}
      {action.kind === 'part' && <SipPartForm part={action.part} onDone={onDone} />}
      {action.kind === 'wrong-number' && (
        <WrongNumberForm about={action.contact.reference} patient={patient} onDone={onDone} />
      )}
    </Modal>
  );
}
