import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 when the socket was closed without an answer. */
  status: number;
  /** As sent, answers to further requests included. */
  text: string;
  body: { resourceType?: string; issue?: { code: string }[] };
}

/** Sends bytes as they are and reads until the server closes, or until `patience` ms without it. */
export function raw(port: number, text: string, patience = 5_000): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    const timer = setTimeout(() => socket.destroy(), patience);
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      clearTimeout(timer);
      resolve({ status: Number(answer.slice(9, 12)), text: answer, body: bodyOf(answer) });
    });
  });
}

function bodyOf(answer: string): RawAnswer['body'] {
  try {
    return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));
  } catch {
    return {};
  }
}
