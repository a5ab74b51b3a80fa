import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';

type Module<P> =
  | { readonly kind: 'loading' | 'failed' }
  | { readonly kind: 'loaded'; readonly View: ComponentType<P> };

/** A view that is fetched when it is first shown, so that it is no part of the first load. */
export function deferred<P extends object>(load: () => Promise<ComponentType<P>>) {
  let known: ComponentType<P> | undefined;
  const fetched = async () => {
    known ??= await load();
    return known;
  };

  function Deferred(props: P) {
    const [module, setModule] = useState<Module<P>>(
      known ? { kind: 'loaded', View: known } : { kind: 'loading' },
    );
    const [round, setRound] = useState(0);
    useEffect(() => {
      let isShown = true;
      fetched().then(
        (View) => isShown && setModule({ kind: 'loaded', View }),
        () => isShown && setModule({ kind: 'failed' }),
      );
      return () => {
        isShown = false;
      };
    }, [round]);
    if (module.kind === 'loaded') return <module.View {...props} />;
    if (module.kind === 'loading') return <p class="nv-loading">Laddar …</p>;
    return (
      <p role="alert">
        Den här delen kunde inte hämtas.{' '}
        <Button kind="secondary" onClick={() => setRound(round + 1)}>
          Försök igen
        </Button>
      </p>
    );
  }
  /** Fetches it before it is asked for. */
  Deferred.prepare = () => void fetched().catch(() => undefined);
  return Deferred;
}
