import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { outcomeOf } from '@naravard/fhir';
import { problemOf } from './framework-error.ts';
import { fhirJson } from './media.ts';

/**
 * Answers what is not HTTP, too large in its headers or too slow: Node gives the bare socket and nothing else.
 * @param headers of every answer
 */
export function answerClientErrors(headers: Readonly<Record<string, string>>) {
  const head = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
  return (error: Error & { code?: string }, socket: Socket): void => answer(error, socket, head);
}

function answer(error: Error & { code?: string }, socket: Socket, head: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const known = problemOf(
    error.code?.startsWith('HPE_') && error.code !== 'HPE_HEADER_OVERFLOW' ? badHttp : error,
  );
  const body = JSON.stringify(outcomeOf(known));
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${known.status} ${STATUS_CODES[known.status]}\r\nContent-Type: ${fhirJson}; charset=utf-8\r\n` +
        `${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}

const badHttp = { statusCode: 400 };
