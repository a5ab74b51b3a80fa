import { useEffect, useState } from 'preact/hooks';
import type { ConnectionState } from './connection.ts';
import type { Watched } from './watched.ts';

/** Renders again when the connection changes. */
export function useConnection(connection: Watched<ConnectionState>): ConnectionState {
  const [state, setState] = useState(connection.value);
  useEffect(() => {
    setState(connection.value);
    return connection.subscribe(setState);
  }, [connection]);
  return state;
}
