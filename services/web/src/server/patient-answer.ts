import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PatientAnswer } from '../patient/contract.ts';
import { sendCompressed } from './compressed.ts';
import type { Context } from './context.ts';

/** Sends what the patient client answered. */
export async function answer(
  { cookies, origin }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  found: PatientAnswer,
): Promise<unknown> {
  switch (found.kind) {
    case 'html':
      if (found.policy !== undefined) reply.header('Content-Security-Policy', found.policy);
      reply.code(found.status).type('text/html; charset=utf-8');
      return sendCompressed(request, reply, Buffer.from(found.html));
    case 'redirect': {
      if (found.preferences) cookies.setPreferences(reply, found.preferences);
      const to = new URL(found.to, origin);
      return reply.redirect(to.origin === origin ? to.pathname + to.search + to.hash : '/patient/', 303);
    }
    case 'file':
      return reply
        .type(found.contentType)
        .header('Content-Disposition', `attachment; filename="${found.fileName.replace(/[^\w.-]/g, '_')}"`)
        .send(found.content);
    default:
      return found satisfies never;
  }
}
