import { Callout } from '../../ui/callout.tsx';

/** Room for what went wrong that no field is about; it is read out when it comes. */
export const Refusal = ({ text }: { readonly text: string | null }) => (
  <div role="alert">{text !== null && <Callout kind="warning" title={text} />}</div>
);
